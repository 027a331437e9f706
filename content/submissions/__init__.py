"""What is said of reports and complaints: categories, grounds, remedies, hints."""

__all__ = ["categories", "grounds", "hints", "remedies"]
