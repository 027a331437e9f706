"""Articles, and how far the platform has come with each."""

__all__ = ["article", "release"]
