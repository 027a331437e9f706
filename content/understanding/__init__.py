"""What people mean by their words: tables an office may extend."""

__all__ = ["recognition", "shops", "townships", "urgency"]
