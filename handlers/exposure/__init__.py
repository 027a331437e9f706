"""From a typical case to an article that is out: writing, review, release, and how it looks."""

__all__ = ["articles", "layout", "releasing", "topics"]
