"""A text as it is looked up: one spelling for what people write in many, with the way back to what they wrote."""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from content.recognition import SIMPLE, SLIPS
from handlers.lexicon import Lexicon

LONGEST = 2000
"""Characters that are read; no text message is longer."""
_SLIPS = Lexicon({right: [wrong for wrong in SLIPS if SLIPS[wrong] == right] for right in set(SLIPS.values())})


class Plain(NamedTuple):
    """`text` in plain form; `places[i]` is where its i-th character stands in the original."""

    text: str
    places: list[int]


@lru_cache(maxsize=16384)
def _plain(character: str) -> str:
    """Half-width, lower case, simplified; nothing for what cannot be seen."""
    folded = unicodedata.normalize("NFKC", character).lower()
    return "".join(
        SIMPLE.get(one, one)
        for one in folded
        if one == "\n" or not (one.isspace() or unicodedata.category(one) in ("Cf", "Cc", "Mn"))
    )


def read(original: str) -> Plain:
    """Plain form of the first 2,000 characters: no spaces, no character more than twice in a row, no known slips."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(original[:LONGEST]):
        for one in _plain(character):
            if not one.isdigit() and characters[-2:] == [one, one]:
                continue
            characters.append(one)
            places.append(place)
    text = "".join(characters)
    for slip in _SLIPS.mentions(text):
        characters[slip.start : slip.end] = slip.name
    return Plain("".join(characters), places)
