"""Where something is (地点): streets, towns, villages and spots in a folded text."""

import re
from typing import NamedTuple

from content.understanding.recognition import NAMES
from handlers.understanding.lexicon import Lexicon, alternatives

BREAKS = frozenset(" \t\r\n\u3000,.。!！?？;；:：、~…()（）[]【】<>《》“”\"'‘’「」/|—-")
BREAK = "[" + re.escape("".join(sorted(BREAKS))) + "]"
_HAN = "[\u4e00-\u9fff]"


def either(*lists: str) -> str:
    """A pattern for any word of the named lists of names.toml, the longest first."""
    return alternatives({word for name in lists for word in NAMES[name]})


class Span(NamedTuple):
    start: int
    end: int


NOWHERE = Span(0, 0)
_ENDS = Lexicon({"end": [*NAMES["street_ends"], *NAMES["town_ends"], *NAMES["village_ends"], *NAMES["spot_ends"]]})
_KNOWN = Lexicon({"known": NAMES["known_places"]})
_EDGE = re.compile(f"{BREAK}|{either('place_edges')}|{either('street_ends', 'town_ends')}")
_CORE = re.compile(f"{_HAN}{{1,4}}")
_NO_CORE = frozenset(NAMES["generic"])
_NO_TAIL = re.compile("[上过人费灯面障医民委支干长头部监所系]")
_NUMBER = re.compile(r"[ ]?[0-9一二三四五六七八九十百]+号(?:院|楼|附[0-9]+号)?")
_CROSSING = re.compile(f"[与和]({_HAN}{{2,5}}?{either('street_ends')})?(?:交叉口|交汇处|交口|路口)")
_TAIL = re.compile(f"交叉口|十字路口|路口|中段|[东西南北](?:段|头|口)|村口|口(?={BREAK}|$)")
_OPPOSITE = re.compile("斜?对面|对过|旁边?")
_SPOT = re.compile("(?:车站|汽车站|火车站|[一二三四五六七八九]高|[一二三四五六七八九]中|医院|公园|广场|小学|政府)$")
_LANDMARK = re.compile("(?:汽车站|火车站|客运站|高铁站|车站|[一二三四五六七八九][高中])(?=斜?对面)")
LONGEST_CORE = 4


def spans(text: str) -> list[Span]:
    """Every place of a folded text, in order, neighbours joined: a town and its village, a street and its number."""
    found = [Span(one.start, one.end) for one in _KNOWN.mentions(text)]
    found += [Span(*one.span()) for one in _LANDMARK.finditer(text)]
    covered = {place for span in found for place in range(*span)}
    for end in _ENDS.mentions(text):
        if end.end - 1 not in covered and (span := _ended(text, end.start, end.end, covered)):
            found.append(span)
    return [_widened(text, span) for span in _joined(sorted(found))]


def _ended(text: str, start: int, end: int, covered: set[int]) -> Span | None:
    """The place that ends with the word at ``start:end``, when a name or a known place stands before it."""
    left = max(0, start - LONGEST_CORE)
    edges = [left + edge.end() for edge in _EDGE.finditer(text[left:start])]
    begin = max([left, *edges, *(place + 1 for place in range(left, start) if place in covered)])
    core = text[begin:start]
    if _NO_TAIL.match(text, end):
        return None
    if begin - 1 in covered:
        return Span(begin, end) if len(core) <= 2 else None
    named = len(core) > 1 and _CORE.fullmatch(core) and core not in _NO_CORE
    return Span(begin, end) if named else None


def _joined(found: list[Span]) -> list[Span]:
    """Overlapping and adjacent spans are one."""
    joined: list[Span] = []
    for span in found:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _widened(text: str, span: Span) -> Span:
    """With the house number, crossing or stretch of street that follows."""
    end = span.end
    tails = (_NUMBER, _CROSSING, _TAIL, *([_OPPOSITE] if _SPOT.search(text[span.start : end]) else []))
    for tail in tails:
        if more := tail.match(text, end):
            end = more.end()
    return Span(span.start, end)
