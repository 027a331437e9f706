"""Whose name stands in a message (商户名称): every span that could be one is weighed, the best is taken or none.

The weights were learned from labelled messages (``benchmarks/fit_recognition.py``).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from content.understanding.recognition import CONCEPTS, MERCHANT_WEIGHTS, NAMES, WEIGHTS
from handlers.understanding.addresses import BREAKS, NOWHERE, Span
from handlers.understanding.lexicon import Lexicon

LEAST, MOST, MOST_BARE = 2, 15, 7
"""Characters of a name; a bare one has no kind at its end."""
ENOUGH = 0.5
"""How probable a span must be, beside none at all, to be taken for a name."""
_TRADES = [*NAMES["kinds"], *(dish + shop for dish in NAMES["dishes"] for shop in ("店", "馆", "铺", "坊", "摊"))]
_ENDS = Lexicon({name: NAMES[name] for name in ("chains", "dishes", "tails")} | {"kinds": _TRADES})
_BEFORE = Lexicon({"before": NAMES["before"]})
_BEHIND = Lexicon({"behind": NAMES["behind"]})
_NEVER = Lexicon({"never": NAMES["never"]})
_COMMON = Lexicon({"common": {w for one in CONCEPTS.values() for w in one.words if w.isalpha() and len(w) > 1}})
_KNOWN = Lexicon({"place": NAMES["known_places"]})
"""What ends where it ends: 大隗镇 + 阳光花园幼儿园, though 阳光花园 could be a place too."""
_KINDS = frozenset(NAMES["kinds"])
LONGEST_KIND = max(map(len, _KINDS))
_REGISTERED = ("有限公司", "有限责任公司", "合作社")
PLAIN = 2.0
"""What such an ending adds to the score: few labelled messages hold one."""
_GENERIC = frozenset(NAMES["generic"])
_QUOTES = frozenset('“"「《【')


class Candidate(NamedTuple):
    """A span and what speaks for or against its being a name."""

    span: Span
    features: list[str]
    plain: bool
    """Whether it ends as only registered names do."""


def merchant(text: str, places: list[Span], weights: Mapping[str, Sequence[float]] = MERCHANT_WEIGHTS) -> Span:
    """Where the proper name of a business stands in a folded text; an empty span when none does."""
    best, most = NOWHERE, math.log(ENOUGH / (1 - ENOUGH))
    for candidate in candidates(text, places):
        score = weights[""][0] + sum(weights[one][0] for one in candidate.features if one in weights)
        score += PLAIN * candidate.plain
        if score > most:
            best, most = candidate.span, score
    return whole(text, best)


def whole(text: str, span: Span) -> Span:
    """With the word for its kind that stands right behind: 李记烧饼 + 店."""
    if span == NOWHERE:
        return span
    behind = text[span.end : span.end + LONGEST_KIND]
    kind = next((size for size in range(len(behind), 0, -1) if behind[:size] in _KINDS), 0)
    return Span(span.start, span.end + kind)


def candidates(text: str, places: list[Span]) -> Iterator[Candidate]:
    """Every span between a place where names begin and one where they end."""
    begins, ends = _begins(text, places), _ends(text)
    common = [(one.start, one.end) for one in _COMMON.mentions(text)]
    never = [(one.start, one.end) for one in _NEVER.mentions(text)]
    for begin, left in begins.items():
        for end in range(begin + LEAST, min(len(text), begin + MOST) + 1):
            if text[end - 1] in BREAKS:
                break
            if end in ends:
                kind, word, right = ends[end]
                if kind != "bare" or end - begin <= MOST_BARE:
                    found = _features(text, Span(begin, end), left, kind, word, right)
                    found += _inside(Span(begin, end - len(word)), common, never, places)
                    yield Candidate(Span(begin, end), found, word.endswith(_REGISTERED))


def _begins(text: str, places: list[Span]) -> dict[int, str]:
    """Where a name may begin, and what stands before it."""
    begins = {one.end: one.word for one in _BEFORE.mentions(text)}
    begins |= {i + 1: "quote" if char in _QUOTES else "break" for i, char in enumerate(text) if char in BREAKS}
    ends = [*(place.end for place in places), *(known.end for known in _KNOWN.mentions(text))]
    begins |= dict.fromkeys(ends, "place")
    return begins | {0: "start"}


def _ends(text: str) -> dict[int, tuple[str, str, str]]:
    """Where a name may end: what kind of word ends it, the word, and what follows."""
    behind: dict[int, str] = {one.start: one.word for one in _BEHIND.mentions(text)}
    behind |= {i: "break" for i, char in enumerate(text) if char in BREAKS} | {len(text): "end"}
    ends = {end: ("bare", "", right) for end, right in behind.items()}
    for one in sorted(_ENDS.mentions(text), key=lambda one: -one.start):
        ends[one.end] = (one.name, one.word, behind.get(one.end, "other"))
    return ends


def _features(text: str, span: Span, left: str, kind: str, word: str, right: str) -> list[str]:
    core = text[span.start : span.end - len(word)]
    size = min(len(core), 7)
    pairs = [core[i : i + 2] for i in range(len(core) - 1)]
    rare = sum(pair not in WEIGHTS for pair in pairs)
    return [
        f"left {left}",
        f"right {right}",
        f"next {text[span.end : span.end + 1]}",
        f"next two {text[span.end : span.end + 2]}",
        f"before {text[span.start - 2 : span.start]}",
        f"kind {kind}",
        f"word {word}",
        f"size {kind} {size}",
        f"left {left} {kind}",
        f"right {right} {kind}",
        f"rare {kind} {min(rare, 4)}",
        f"usual {kind} {min(len(pairs) - rare, 4)}",
        *([f"generic {kind}"] if core in _GENERIC or _made_of_generic(core) else []),
        f"first {core[:1]}",
        f"first two {core[:2]}",
        f"last {core[-1:]}",
        *(f"in {char}" for char in set(core)),
    ]


def _made_of_generic(core: str) -> bool:
    return any(core[:i] in _GENERIC and core[i:] in _GENERIC for i in range(1, len(core)))


def _inside(core: Span, common: list[tuple[int, int]], never: list[tuple[int, int]], places: list[Span]) -> list[str]:
    """What common words and places a name holds."""
    usual = sum(core.start <= start and end <= core.end for start, end in common)
    odd = sum(core.start <= start and end <= core.end for start, end in never)
    crossed = any(start < core.start < end for start, end in common)
    held = any(core.start <= place.start < core.end for place in places)
    return [f"common {min(usual, 3)}", f"never {min(odd, 2)}", f"crossed {crossed}", f"place {held}"]
