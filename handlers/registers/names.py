"""What a business's name consists of, so that it is found as people say it.

新密市老王熟食店（个体工商户): the `core` 老王熟食店 is what remains without place and legal form, the `sign`
(字号) 老王 what remains without the trade as well. Everything is compared by sound, a toneless syllable
(pinyin) a character, which also makes traditional characters equal to simplified ones.
"""

import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from content.registers.names import FORMS, PLACES, TRADES

# Only single characters are asked: the readings of phrases would cost 45 MB and half a second at each start.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin import lazy_pinyin

LONGEST = 40
"""Characters of a name that are looked at: nobody's name is longer, and a message may be."""
_BRACKETS = re.compile(r"[()\[\]{}<>《》〈〉【】〔〕「」『』]")
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Name:
    """A name taken apart; `sounds` are the syllables of `core`, the first `signs` of them those of the sign."""

    whole: str
    core: str
    sounds: tuple[str, ...]
    signs: int

    @property
    def sign(self) -> tuple[str, ...]:
        return self.sounds[: self.signs]

    @property
    def spelling(self) -> str:
        """What the keys are made of, as one text."""
        return f"{' '.join(self.sounds)}|{self.signs}"


@lru_cache(maxsize=30_000)
def _sound(letter: str) -> str:
    # One character at a time: a reading that depends on the neighbours would change with one wrong character.
    return lazy_pinyin(letter)[0]


def sounds_of(text: str) -> tuple[str, ...]:
    return tuple(_sound(letter) for letter in text)


# A legal form is no sign either, where it could not be taken off because nothing else would remain.
_TRADES = frozenset(sounds_of(word) for word in (*TRADES, *FORMS))
_LENGTHS = sorted({len(trade) for trade in _TRADES}, reverse=True)


@lru_cache(maxsize=8)
def _places(region: str) -> tuple[str, ...]:
    """The office's region with and without its last character (新密市, 新密), and the places above it."""
    own = {region, region[:-1] if len(region) > 2 and region[-1] in "省市县区旗" else region} - {""}
    return tuple(sorted(own | set(PLACES), key=len, reverse=True))


def take_apart(text: str, region: str) -> Name:
    """The parts of a name as registered or as typed."""
    folded = unicodedata.normalize("NFKC", text).lower()
    places = _places(region)
    pieces = [_NOISE.sub("", piece) for piece in _BRACKETS.split(folded)]
    whole = "".join(pieces)[:LONGEST]
    core = "".join(piece for piece in pieces if piece not in places)[:LONGEST]
    while place := next((place for place in places if core.startswith(place) and len(core) >= len(place) + 2), ""):
        core = core.removeprefix(place)
    while core not in FORMS and (form := next((f for f in FORMS if core.endswith(f) and len(core) > len(f) + 1), "")):
        core = core.removesuffix(form)
    sounds = sounds_of(core)
    return Name(whole, core, sounds, _sign_length(sounds))


def _sign_length(sounds: tuple[str, ...]) -> int:
    length = len(sounds)
    while cut := next((n for n in _LENGTHS if n <= length and sounds[length - n : length] in _TRADES), 0):
        length -= cut
    return length


def keys(name: Name) -> set[int]:
    """What a registered name is stored under, and a typed one looked for.

    ``=`` the core and every core with one character less: of two names that differ by one wrong, missing or
    extra character, one such text is the same · ``~`` the sign · pairs of neighbours in the sign. Each as a
    number: there are a dozen of a name.
    """
    sounds, sign = name.sounds, name.sign
    shorter = [sounds[:i] + sounds[i + 1 :] for i in range(len(sounds))] if len(sounds) > 2 else []
    found = {"=" + " ".join(some) for some in (sounds, *shorter) if some}
    if len(sign) >= 2:
        found.add("~" + " ".join(sign))
    found |= {f"{one} {next}" for one, next in pairwise(sign)}
    return {int.from_bytes(blake2b(key.encode(), digest_size=7).digest()) for key in found}
