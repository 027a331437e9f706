"""What is said of reports and complaints: categories, grounds, remedies, hints."""

__all__ = ["answers", "categories", "grounds", "hints", "remedies", "sources"]
