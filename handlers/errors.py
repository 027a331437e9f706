"""Refusals: what cannot be done, and why, in words for the people who asked."""


class HandlerError(Exception):
    """Root of every error of this package."""


class Refused(HandlerError):
    """Not allowed or not possible; `code` is stable for programs, the text is Chinese for staff."""

    def __init__(self, code: str, text: str, **extra: object) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.extra = extra
