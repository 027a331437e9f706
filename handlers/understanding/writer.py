"""Who writes: one's own name, telephone and home, as told in a folded text. Those of others are left alone."""

import re
from typing import NamedTuple

from content.understanding.facts import FACTS
from handlers.understanding.addresses import BREAK, NOWHERE, Span, either
from handlers.understanding.lexicon import alternatives

_HAN = "[\u4e00-\u9fff]"
_SINGLE, *_DOUBLE = FACTS["surnames"]
_SURNAME = f"(?:{alternatives(_DOUBLE)}|[{_SINGLE}])"
_TITLED = f"{_SURNAME}{alternatives(FACTS['titles'])}"
_GIVEN = f"{_SURNAME}{_HAN}{{1,2}}"
_PERSONAL = alternatives(FACTS["of_a_person"])
_NAMES = [
    re.compile(f"{alternatives(FACTS['called'])}[:是 ]*: *(?P<told>{_HAN}[{_HAN[1:-1]}·]{{1,14}})(?={BREAK}|$)"),
    re.compile(
        f"{alternatives([*FACTS['called'], *FACTS['name']])}[: ]*"
        f"(?P<told>{_TITLED}|{_GIVEN}(?={BREAK}|$|{_PERSONAL}|{alternatives(FACTS['after_name'])}))"
    ),
    re.compile(
        f"{alternatives(FACTS['perhaps'])}[: ]*(?!于[0-9昨今前上本])"
        f"(?P<told>{_TITLED}(?={BREAK}|$|{_PERSONAL})|{_GIVEN}(?={BREAK}{{0,2}}{_PERSONAL}))"
    ),
]
_DIGITS = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
_GAP = r"[\s.\-—–_·]{0,2}"
_MOBILE = re.compile(rf"(?<![0-9])(?:(?:\+|00)?86{_GAP})?(?P<told>1{_GAP}[3-9](?:{_GAP}[0-9]){{9}})(?![0-9])")
_LEAD = re.compile(rf"{alternatives(FACTS['phone'])}[\s:是为,号]{{0,3}}$")
_MINE = re.compile(f"[我俺](?:的|本人)?{_HAN}{{0,4}}[ :是为]{{0,2}}$")
_ANOTHERS = re.compile(
    f"{alternatives(FACTS['others'])}(?:[是姓叫]{_HAN}{{1,3}}{BREAK}{{0,2}})?{_HAN}{{0,6}}[ :是为]{{0,2}}$"
)
_ALONE = re.compile(f"(?:^|{BREAK})$")
BEFORE = 16
"""Characters before a number that tell whose it is."""
_ENDS = either("street_ends", "town_ends", "village_ends", "spot_ends")
_CORE = f"(?:(?![的在口店有我是了和买卖吃去门旁对附楼]){_HAN})"
_PART = (
    f"{either('known_places')}|{_CORE}{{1,7}}?(?:[省市县区苑府庭院城湾园]|{_ENDS})"
    "|[0-9a-z一二三四五六七八九十]+(?:号楼|号院|号|单元|[楼室栋幢层户组排弄期座区])|[0-9]{3,4}(?![0-9])"
)
_LIVED_IN = f"[在于:是 ]{{0,2}}(?P<told>(?:{_PART})(?: ?(?:{_PART})){{0,7}})"
_DWELLS = re.compile(f"{alternatives(FACTS['dwells'])}{_LIVED_IN}")
_LIVES = re.compile(
    f"(?:{alternatives(FACTS['lives'])}|(?:(?<!{_HAN})|(?<=[我俺们就都直前])){alternatives(FACTS['dwells'])}){_LIVED_IN}"
)


class Writer(NamedTuple):
    """Where each is told; an empty span for what is not."""

    name: Span
    phone: Span
    home: Span


def writer(text: str, shop: Span = NOWHERE) -> Writer:
    """What a folded text tells of its writer. Who lives where the `shop` begins stays there as a guest."""
    named = name(text)
    return Writer(named, _phone(text, named), _home(text, named, shop))


def name(text: str) -> Span:
    """What whoever writes a folded text is called."""
    return next((Span(*found.span("told")) for kind in _NAMES if (found := kind.search(text))), NOWHERE)


def _phone(text: str, named: Span) -> Span:
    """The first mobile number that is said to be the writer's; else the first that stands alone."""
    alone = NOWHERE
    for found in _MOBILE.finditer(text.translate(_DIGITS)):
        before = text[max(0, found.start() - BEFORE) : found.start()]
        if _ANOTHERS.search(before) and not _MINE.search(before):
            continue
        if _LEAD.search(before) or found.start() == named.end != 0:
            return Span(*found.span("told"))
        if alone == NOWHERE and _ALONE.search(before):
            alone = Span(*found.span("told"))
    return alone


def _home(text: str, named: Span, shop: Span) -> Span:
    """The first place that is said to be lived in."""
    behind = _DWELLS.match(text, named.end) if named != NOWHERE else None
    for found in filter(None, (behind, *_LIVES.finditer(text))):
        home = Span(*found.span("told"))
        if home.end != shop.start or shop == NOWHERE:
            return home
    return NOWHERE
