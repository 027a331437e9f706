"""What people mean by their words: tables an office may extend."""

__all__ = ["danger", "facts", "phrases", "recognition", "sentences", "shops", "townships", "urgency"]
