"""The papers of a case and its proof folder, as an office words them."""

__all__ = ["papers", "texts"]
