"""What can go wrong at the doors."""


class BotError(Exception):
    """Root of every error of this package; its text is one line that says what happened and what to do."""
