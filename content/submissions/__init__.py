"""What is said of reports and complaints: categories, remedies, hints."""
