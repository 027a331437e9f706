"""How files and names of the registers are read."""

__all__ = ["imports", "names"]
