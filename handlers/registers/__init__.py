"""Businesses, their penalties and listings: found by name, brought in from tables, shown as far as the law allows."""

__all__ = ["businesses", "credit_codes", "disclosure", "exporting", "importing", "names", "offenders"]
