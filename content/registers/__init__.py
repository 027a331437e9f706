"""How files and names of the registers are read."""
