"""What is remembered of people who write: messages, talks, questions, windows, consents."""

__all__ = ["consent", "doubt", "follower", "inbox", "pending", "platform", "standing", "subscription", "talk", "window"]
