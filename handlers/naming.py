"""Names of businesses, places, products and times in a message, as written."""

from typing import NamedTuple


class Names(NamedTuple):
    """Each a part of the text, "" when none is told."""

    merchant: str
    place: str
    product: str
    when: str


def find(text: str) -> Names:
    """What a message names."""
    return Names("", "", "", "")
