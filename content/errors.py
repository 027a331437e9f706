"""The one error this package raises on purpose."""


class ContentError(Exception):
    """Words or pictures that cannot be used; the message is Chinese, for staff, and says what to do."""
