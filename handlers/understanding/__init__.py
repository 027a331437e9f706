"""From a text to facts: what it wants, whom and where it names, how urgent it is. Reads nothing but the text."""

__all__ = [
    "addresses",
    "classifier",
    "danger",
    "lexicon",
    "merchants",
    "normal",
    "phrases",
    "recognition",
    "sentences",
    "times",
    "townships",
    "urgency",
]
