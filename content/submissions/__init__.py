"""What is said of reports and complaints: categories, remedies, hints."""

__all__ = ["categories", "hints", "remedies"]
