"""A text as it is looked up: one spelling for what people write in many, with the way back to what they wrote."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from content.understanding.recognition import SIMPLE, SLIPS

_SLIP = re.compile("|".join(map(re.escape, sorted(SLIPS, key=len, reverse=True))))


class Normal(NamedTuple):
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


def read(original: str) -> Normal:
    """Normal form: no spaces, nothing thrice in a row, slips and dialect put right."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(original):
        for one in _plain(character):
            if one.isdigit() or characters[-2:] != [one, one]:
                characters.append(one)
                places.append(place)
    return _put_right("".join(characters), places)


def _put_right(text: str, places: list[int]) -> Normal:
    parts: list[str] = []
    back: list[int] = []
    done = 0
    for slip in _SLIP.finditer(text):
        right, last = SLIPS[slip[0]], slip.end() - 1
        parts += (text[done : slip.start()], right)
        back += places[done : slip.start()]
        back += (places[min(slip.start() + i, last)] for i in range(len(right)))
        done = slip.end()
    return Normal("".join((*parts, text[done:])), back + places[done:])


@lru_cache(maxsize=16384)
def _one(character: str) -> str:
    plain = _plain(character)
    return plain if len(plain) == 1 else character


def fold(original: str) -> str:
    """Each character brought to plain form in its place: what is found here stands there."""
    return "".join(map(_one, original))
