"""How an article looks."""
