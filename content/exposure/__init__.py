"""How an article looks."""

__all__ = ["cover", "layout", "markdown"]
