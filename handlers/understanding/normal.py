"""A text as it is looked up: one spelling for what people write in many, with the way back to what they wrote."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from content.understanding.recognition import SIMPLE, SLIPS

_SLIP = re.compile("|".join(map(re.escape, sorted(SLIPS, key=len, reverse=True))))
_ASIDE = re.compile(
    r"^(?:(?:你们?好|您好|在吗|在不在|有人吗|喂|hello|hi|哈喽|早上好|上午好|中午好|下午好|晚上好|领导好?|同志们?)[啊呀的,。!?~、:]{0,3})+"
    r"|[,。!~、]{0,3}(?:谢谢|多谢|感谢|谢了|麻烦了|拜托了|辛苦了)(?:你们?|您|大家|领导|同志|各位|了|啦|啊|哈){0,4}[,。!~、]{0,3}$"
    r"|(?:我?的?(?:联系)?(?:电话|手机|方式|身份证|微信|qq)号?码?(?:是|为|:)?)?[0-9]{7,}x?"
    r"|(?:(?:不是|并非)(?:来|想)?(?:要|为了?|图)|不要|不图)(?:他|他们|你们|老板)?的?(?:一分)?(?:赔钱|赔偿|退钱|退款|钱)"
)
"""A greeting, thanks, numbers of persons, that no money is wanted: whoever leaves them away wants the same."""


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


def gist(normal: Normal) -> Normal:
    """Without what is said besides; a text of nothing else stays as it is."""
    aside = {i for found in _ASIDE.finditer(normal.text) for i in range(*found.span())}
    kept = [i for i in range(len(normal.text)) if i not in aside]
    return Normal("".join(normal.text[i] for i in kept), [normal.places[i] for i in kept]) if kept else normal


@lru_cache(maxsize=16384)
def _one(character: str) -> str:
    plain = _plain(character)
    return plain if len(plain) == 1 else character


def fold(original: str) -> str:
    """Each character brought to plain form in its place: what is found here stands there."""
    return "".join(map(_one, original))
