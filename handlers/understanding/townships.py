"""Where a report happened (属地): the township, or the county outside, with the reason staff read.

A wrong 'outside' sends a case away, a wrong 'inside' costs a look. So only what can be nothing else counts as
outside, and anything of the region that is named beside it wins.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from content.understanding.townships import COUNTIES, FAR, FAR_KM, NEAR_KM, REGION, TOWNSHIPS, TRAPS, Outside

LONGEST = 200
"""Characters that are read: what stands further on is a story, not an address."""
CHINA = ((3.0, 54.0), (73.0, 136.0))
"""Degrees of latitude and longitude between which a point can be meant."""
NAMED, SIGHT, WEAK = 3, 2, 1
"""How much a word says for the region: it is named, something that is only there, or a word used everywhere."""
_SUFFIXES = ("镇", "乡", "街道", "办事处", "办", "管委会", "风景区")


@dataclass(frozen=True)
class Place:
    """Where something is.

    `certain` says that the township or the county outside was named; False that it was guessed from the nearest
    centre or a weak word, or that neither is known. `why` is for staff. `township` and `outside` exclude each other.
    """

    township: str = ""
    certain: bool = False
    outside: str = ""
    why: str = ""


@dataclass(frozen=True)
class _Atlas:
    """What is known of one region, ready to search with."""

    home: re.Pattern[str]
    townships: dict[str, tuple[str, int]]
    inside: re.Pattern[str] | None
    elsewhere: dict[str, Outside]
    full: re.Pattern[str]
    short: re.Pattern[str] | None


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first; of nothing it matches nowhere."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(map(re.escape, ordered)) if ordered else "(?!)"


_NO_NAME = rf"(?!\s*(?:{_any((*TRAPS.roads, *TRAPS.dishes))}))"
_NOT_BEHIND = "".join(f"(?<!{word})" for word in TRAPS.towards)
_PHRASES = re.compile(_any(TRAPS.phrases))
_ORIGINS = re.compile(rf"(?:{_any(TRAPS.origins)})[\s:]{{0,3}}[^\s,。;、]{{0,16}}")
_ABOVE = (rf"(?<={name})|(?<={name}[省市])" for name in REGION.above)
_START = "|".join((r"(?:^|(?<=[\s,。;、:()在到于是])", *_ABOVE)) + ")"
_END = r"(?=$|[,。;、()!]|市区|城区|县城|城里|那边|火车站|高铁站|汽车站)"
_DISTRICT = "(?<![小社校园景厂矿街山库城市片辖老东西南北中])区(?!域)"
_UNIT = rf"\s?[一-龥]{{1,4}}?(?:镇(?![上里])|乡(?![下里村亲音味])|街道|办事处|{_DISTRICT})"


def of_text(address: str, region: str) -> Place:
    """Where an address is, for an office responsible for `region` (``新密市``)."""
    atlas = _atlas(region)
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", address)).strip()[:LONGEST]
    text = _PHRASES.sub("#", text)
    home = atlas.home.search(text)
    township, rank, said = _township(atlas, text, named=home is not None)
    elsewhere, plain = _elsewhere(atlas, _ORIGINS.sub("#", text))
    inside = NAMED if home else rank
    if elsewhere and inside < (SIGHT if plain else WEAK):
        return Place("", True, elsewhere.name, f"地址写明在{elsewhere.name}")
    aside = f"；地址里也提到{elsewhere.name}，请核对" if elsewhere else ""
    if not township:
        return Place(why=(f"地址写明在{region}，没有写乡镇" if home else "地址里没有能认出的乡镇") + aside)
    certain = rank == NAMED and not elsewhere
    return Place(township, certain, "", f"地址提到“{said}”{'' if certain else '，乡镇是推测的'}{aside}")


def of_point(latitude: float, longitude: float) -> Place:
    """Where a point is (GCJ-02 degrees): the nearest centre of the townships of places.toml, always a guess."""
    if not all(low <= degrees <= high for degrees, (low, high) in zip((latitude, longitude), CHINA, strict=True)):
        return Place(why="坐标不合理，看不出位置")
    centred = [(_kilometres((latitude, longitude), t.centre), t) for t in TOWNSHIPS if t.centre]
    if not centred:
        return Place(why="没有登记乡镇中心点，看不出位置")
    away, nearest = min(centred, key=lambda pair: pair[0])
    roughly = "" if nearest.sure else "，中心点本身也是约数"
    why = f"离{nearest.name}中心约{away:.1f}公里（按中心点推测，不是边界{roughly}）"
    if away <= NEAR_KM:
        return Place(nearest.name, why=why)
    return Place(why=why + ("，可能不在辖区，请核对" if away > FAR_KM else "，看不出属于哪个乡镇"))


def _township(atlas: _Atlas, text: str, *, named: bool) -> tuple[str, int, str]:
    """(name, rank, the word that said so) of the township that is named best; the first of equals."""
    best = ("", 0, "")
    strong: set[str] = set()
    for found in atlas.inside.finditer(text) if atlas.inside else ():
        word = found["word"]
        name, rank = atlas.townships[word]
        if found["road"] and not word.endswith(_SUFFIXES):
            rank = min(rank, WEAK)
        elif rank == WEAK and (found["home"] or (named and word.endswith(_SUFFIXES))):
            rank = NAMED
        if rank == NAMED:
            strong.add(name)
        if rank > best[1]:
            best = (name, rank, word)
    if len(strong) > 1:  # at the border of two, or on the way from one to another
        return best[0], SIGHT, best[2]
    return best


def _elsewhere(atlas: _Atlas, text: str) -> tuple[Outside | None, bool]:
    """(the smallest place elsewhere that is named, whether by its full name)."""
    full = [atlas.elsewhere[found[0]] for found in atlas.full.finditer(text)]
    if full:
        return min(full, key=lambda outside: outside.level), True
    found = atlas.short.search(text) if atlas.short else None
    return (atlas.elsewhere[found["word"]] if found else None), False


def _kilometres(one: tuple[float, float], other: tuple[float, float] | None) -> float:
    """The distance of two points, good for the few hundred kilometres that matter."""
    assert other is not None
    north = (one[0] - other[0]) * 111.2
    east = (one[1] - other[1]) * 111.3 * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(north, east)


@lru_cache(maxsize=16)
def _atlas(region: str) -> _Atlas:
    if region not in REGION.names:
        return _atlas_of_a_stranger(region)
    others = [row for row in (*COUNTIES, *FAR) if not {row.name, *row.short} & {*REGION.names, *REGION.above}]
    townships = _words()
    names, roads = _any(REGION.names), _any(TRAPS.roads)
    short = _any(word for row in others for word in row.short)
    return _Atlas(
        home=_home(REGION.names),
        townships=townships,
        inside=re.compile(f"(?P<home>(?:{names}) ?)?(?P<word>{_any(townships)})(?P<road>{roads})?"),
        elsewhere={word: row for row in others for word in (*row.full, *row.short)},
        full=_full(word for row in others for word in row.full),
        short=re.compile(f"{_START}(?P<word>{short}){_NO_NAME}(?:{_END}|{_UNIT})"),
    )


def _atlas_of_a_stranger(region: str) -> _Atlas:
    """For a region without data here: no townships, and outside is only a county that is named in full."""
    names = {region, region[:-1] if len(region) > 2 else region} - {""}
    others = {row.name: row for row in (*COUNTIES, Outside(REGION.name, 1, (), ())) if row.name not in names}
    return _Atlas(_home(names), {}, None, others, _full(others), None)


def _home(names: Iterable[str]) -> re.Pattern[str]:
    names = tuple(names)
    full = [name for name in names if name[-1] in "市县区旗"]
    return re.compile(f"(?:{_any(full)})|(?:{_any(names)}){_NO_NAME}")


def _full(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"{_NOT_BEHIND}(?:{_any(words)})(?!{_any(TRAPS.goods)})")


def _words() -> dict[str, tuple[str, int]]:
    """What names a township, and how much it says. What is listed as weak is weak, the full name too."""
    words: dict[str, tuple[str, int]] = {}
    for township in TOWNSHIPS:
        words |= dict.fromkeys((township.name, *township.also), (township.name, NAMED))
        words |= dict.fromkeys(township.places, (township.name, SIGHT))
        words |= dict.fromkeys(township.weak, (township.name, WEAK))
    return words


_atlas(REGION.name)  # compiled before the first message
