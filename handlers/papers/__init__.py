"""The papers of a case, and its proof folder: what was done and told, day by day, without whoever handed it in."""

__all__ = ["making", "proof"]
