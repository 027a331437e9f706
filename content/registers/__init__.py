"""How files and names of the registers are read, and who of them is penalised again and again."""

__all__ = ["imports", "names", "offenders"]
