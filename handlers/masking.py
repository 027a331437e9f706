"""Numbers that identify a person are taken out of free text before it is stored in plain, and leave only a mark.

They are looked for in a view of the text in which every spelling is the same; each sign stands in its place there, so
that what is found is replaced where it was written. A business's own telephone goes with them: a number does not tell
whose it is. Service numbers (12315, 400) stay.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from handlers.fields import LONG, TEXT
from handlers.moves import Act
from handlers.understanding import normal
from storage.submissions import identity as identities

_DASHES, _SEPARATORS = frozenset("–—‐‑−~"), frozenset("/·•・()|*")
_INVISIBLE = ("Cc", "Cf", "Mn", "Me")
_WORDS = "０１２３４５６７８９"
"""Digits written as words (三, 叁), as the view has them: no gap parts them from the words around them."""
_TAKEN = "\0"
_D, _GAP = f"[0-9{_WORDS}]", "[ ._-]{0,3}"
_BEGIN, _END = "(?<![0-9])", "(?![0-9])"


@lru_cache(maxsize=16384)
def _sign(character: str) -> str:
    """How a character stands in the view."""
    plain = normal.fold(character)
    if plain.isspace() or plain in _SEPARATORS or unicodedata.category(plain) in _INVISIBLE:
        return " "
    if plain in _DASHES:
        return "-"
    if (digit := unicodedata.digit(plain, None)) is not None:
        return str(digit)
    value = unicodedata.numeric(plain, -1)
    return _WORDS[int(value)] if value in range(10) else plain


def _one(first: int, last: int | None = None) -> str:
    """A digit, or one of several."""
    last = first if last is None else last
    return f"[{first}-{last}{_WORDS[first]}-{_WORDS[last]}]"


def _run(*signs: str) -> str:
    return _GAP.join(signs)


def _digits(found: str) -> str:
    return "".join(filter(str.isdigit, found))


# GB 11643: region, date of birth, sequence, check digit; until 1999 two digits of the year and no check digit.
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_CITIZEN = re.compile(rf"[1-8]\d{{5}}(?:(?:19|20)\d\d{_DAY}\d{{3,4}}|\d\d{_DAY}\d{{3}})")


def _is_citizen(found: str) -> bool:
    return _CITIZEN.fullmatch(_digits(found)) is not None


_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def _is_mobile(found: str) -> bool:
    return re.search(r"1[3-9]\d{9}\Z", unicodedata.normalize("NFKC", "".join(filter(str.isalnum, found)))) is not None


def _is_card(found: str) -> bool:
    """ISO 7812: the check digit after Luhn."""
    digits = [int(one) for one in reversed(_digits(found))]
    return (sum(digits[0::2]) + sum(_DOUBLED[one] for one in digits[1::2])) % 10 == 0


@dataclass(frozen=True)
class _Kind:
    """Numbers of one kind, the whole `pattern` or its group `number`. `mark` takes their place; '' where they stay."""

    mark: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = bool


def _kind(mark: str, pattern: str, holds: Callable[[str], bool] = bool) -> _Kind:
    whole = pattern if "?P<number>" in pattern else f"(?P<number>{pattern})"
    return _Kind(mark, re.compile(whole), holds)


_COUNTRY = rf"(?:(?:\+|{_run(_one(0), _one(0))}){_GAP})?{_run(_one(8), _one(6))}{_GAP}"
_MOBILE = _run(_one(1), _one(3, 9), *[_D] * 9)
_AREA = "|".join((_run(_one(1), _one(0)), _run(_one(2), _D), _run(_one(3, 9), _D, _D)))
_LOCAL = f"{_one(2, 8)}(?:{_GAP}{_D}){{6,7}}"
_IS = r"(?:号码?|账号|id|也?是|为|同号|[ :=]){0,6}"
_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使]"
_WECHAT = r"(?:微信|威信|薇信|加v|扣扣|(?<![a-z])(?:v信|[vw]x|wechat|weixin|qq))"
PHONE = "〔电话〕"
_KINDS = (
    _kind("〔身份证号〕", f"{_BEGIN}{_run(*[_D] * 17, f'[0-9{_WORDS}x]')}(?![0-9a-z])", _is_citizen),
    _kind("〔身份证号〕", f"{_BEGIN}{_run(*[_D] * 15)}{_END}", _is_citizen),
    # Dates, prices side by side, credit codes (GB 32100), numbers of orders and batches are nobody's.
    _kind("", rf"{_BEGIN}(?:19|20)\d\d[ .-]+(?:0?[1-9]|1[0-2])[ .-]+(?:[12]\d|3[01]|0?[1-9]){_END}"),
    _kind("", rf"{_BEGIN}(?<!\d[ .-])20\d\d{_DAY}{_END}"),
    _kind("", rf"{_BEGIN}\d{{1,6}}\.\d\d?(?: {{1,3}}\d{{1,6}}\.\d\d?)+(?![\d.])"),
    _kind("", r"(?<![0-9a-z])[159y][1239]\d{6}[0-9a-hj-npqrtuwxy]{10}(?![0-9a-z])"),
    _kind("", r"(?:单号|编号|条码|批号|订单|代码|凭证)[^0-9]{0,6}\d{12,40}"),
    *(
        _kind("〔银行卡号〕", f"{_BEGIN}{_run(_one(6), _one(2), *[_D] * (length - 2))}{_END}", _is_card)
        for length in (19, 18, 17, 16)
    ),
    _kind(PHONE, f"{_BEGIN}(?:{_COUNTRY}|{_one(0)}{_GAP})?{_MOBILE}{_END}"),
    _kind(PHONE, rf"{_BEGIN}1[3-9]\d,\d{{4}},\d{{4}}{_END}"),
    _kind(PHONE, f"{_BEGIN}(?:{_COUNTRY}{_one(0)}?|{_one(0)}){_GAP}(?:{_AREA}){_GAP}{_LOCAL}{_END}"),
    _kind(
        PHONE,
        f"(?:电话|手机|座机|联系方式|tel|phone){_IS}(?P<number>(?![48]00){_D}(?:{_GAP}{_D}){{6,14}}){_END}",
    ),
    _kind(
        "〔车牌号〕",
        rf"{_PROVINCE} ?[a-hj-np-z][ .-]?(?=(?:[a-z]{{0,2}} ?\d){{3}})(?:[a-hj-np-z0-9] ?){{4,5}}"
        r"[a-hj-np-z0-9挂学警港澳](?![a-z0-9])",
    ),
    _kind(
        "〔邮箱〕",
        r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64} ?@ ?[a-z0-9-]{1,63}(?: ?\. ?[a-z0-9-]{1,63}){1,4}(?![a-z0-9])",
    ),
    _kind(
        "〔微信号〕",
        f"{_WECHAT}{_IS}(?P<number>[a-z][a-z0-9_-]{{5,19}}|{_D}(?:{_GAP}{_D}){{4,11}}(?! ?[元块.]))(?![a-z0-9])",
    ),
)


_DENSE = re.compile(f"[0-9{_WORDS}a-z@](?:[ .,_-]{{0,3}}[0-9{_WORDS}a-z@]){{4,}}")
"""Without so many signs together there is no number: most messages have none."""
_BEFORE, _BEHIND = 24, 4
"""How far words that belong to a number stand around it."""


@dataclass(frozen=True)
class Masked:
    """A text with a mark (``〔电话〕``) for each number, and the numbers that stood there."""

    text: str
    numbers: tuple[str, ...]


def mask(text: str, *, lines: bool = False) -> Masked:
    """Take out telephone, identity, bank card and plate numbers, e-mail and WeChat; all else stays as it was sent.

    With `lines` a fixed line stays: it belongs to an office or a shop more often than to a person.
    """
    parts: list[str] = []
    numbers: list[str] = []
    done = 0
    for begin, end, mark in sorted(_found(text)):
        if lines and mark == PHONE and not _is_mobile(text[begin:end]):
            continue
        parts += (text[done:begin], mark)
        numbers.append(text[begin:end])
        done = end
    return Masked("".join((*parts, text[done:])), tuple(numbers))


def withheld(act: Act[Any], submission: str) -> Mapping[str, Any]:
    """What staff typed in a move, masked as citizens' words are, with the numbers at the identity of `submission`."""
    free = [one.name for one in act.move.fields if (one.kind in (TEXT, LONG) or one.free) and not one.numbers]
    # What is said to its reporter may name the telephone of a counter or a shop.
    lines = act.move.entry == "answer"
    masked = {name: mask(act.given[name], lines=lines) for name in free if name in act.given}
    identities.mention(act.tx, submission, [number for one in masked.values() for number in one.numbers])
    return {**act.given, **{name: one.text for name, one in masked.items()}}


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a number stands, and its mark; what one kind has taken, those behind it do not see."""
    view = "".join(map(_sign, text))
    for dense in _DENSE.finditer(view):
        first, last = max(dense.start() - _BEFORE, 0), dense.end() + _BEHIND
        for kind in _KINDS:
            at = first
            while match := kind.pattern.search(view, at, last):
                begin, at = match.span("number")
                if not kind.holds(match["number"]):
                    at = match.start() + 1
                    continue
                view = f"{view[:begin]}{_TAKEN * (at - begin)}{view[at:]}"
                if kind.mark:
                    yield begin, at, kind.mark
