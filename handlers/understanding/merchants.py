"""Whose names stand in a message (商户名称): every span that could be one is weighed, the best are taken or none.

The weights were learned from labelled messages (``benchmarks/fit_names.py``).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import product
from typing import NamedTuple

from content.understanding.recognition import CONCEPTS, MERCHANT_WEIGHTS, NAMES, WEIGHTS
from handlers.understanding.addresses import BREAKS, NOWHERE, Span
from handlers.understanding.edges import Edges, edges
from handlers.understanding.lexicon import Lexicon, alternatives

LEAST, MOST = 2, 15
"""Characters of a name."""
LIKELIEST = 8
"""Places where a name may begin, and as many where it may end, that are looked at: a text of any length costs the
same."""
ENOUGH = 1.5
"""How much more must speak for a span than for none at all."""
_TRADES = [*NAMES["kinds"], *(dish + shop for dish in NAMES["dishes"] for shop in ("店", "馆", "铺", "坊", "摊"))]
_ENDS = Lexicon({name: NAMES[name] for name in ("chains", "dishes", "tails")} | {"kinds": _TRADES})
_BEFORE = Lexicon({"before": NAMES["before"]})
_BEHIND = Lexicon({"behind": NAMES["behind"]})
_NEVER = Lexicon({"never": NAMES["never"]})
_COMMON = Lexicon({"common": {w for one in CONCEPTS.values() for w in one.words if w.isalpha() and len(w) > 1}})
_KNOWN = Lexicon({"place": NAMES["known_places"]})
"""What ends where it ends: 大隗镇 + 阳光花园幼儿园, though 阳光花园 could be a place too."""
LONGEST_WORD = 8
_GENERIC = frozenset(NAMES["generic"])
_NOBODYS = _GENERIC.union(NAMES["kinds"], NAMES["never"], NAMES["before"], NAMES["behind"], NAMES["dishes"])
_QUOTES = frozenset('“"「《【')
_SENTENCE_ENDS = frozenset("\n。!?;")
_LANDMARK = re.compile(
    f"{alternatives(NAMES['beside'])}(?:[的有开]|边|那边)*(?:[那这一](?:个|家|间|片)|{alternatives(NAMES['kinds'])})"
)
"""What stands right behind a name that only tells where another business is."""
_NOT_MEANT = re.compile(f"{alternatives(NAMES['not_meant'])}$")
_MEANT = re.compile(f"{alternatives(NAMES['accusing'])}(?:一下|的是|[:, ])*$")


class Candidate(NamedTuple):
    """A span and what speaks for or against its being a name."""

    span: Span
    features: list[str]


class _Words(NamedTuple):
    """What words of a text say of the spans between them."""

    begins: dict[int, str]
    ends: dict[int, tuple[str, str, str]]
    common: list[tuple[int, int]]
    never: list[tuple[int, int]]


def merchants(
    text: str,
    places: list[Span],
    known: Set[str] = frozenset(),
    weights: Mapping[str, Sequence[float]] = MERCHANT_WEIGHTS,
) -> list[Span]:
    """Where the proper names of businesses stand in a folded text, the one that is meant first.

    A name of `known` is found wherever it stands. Landmarks (好想你旁边那家) and what is denied (不是好想你) are left
    out.
    """
    likely = [(score, span) for score, span in scored(text, places, weights) if score > ENOUGH]
    best = [span for _, span in sorted(likely, key=lambda one: -one[0])]
    taken: list[Span] = []
    for span in (*best, *_registered(text, known)):
        if not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
    meant = [span for span in taken if not _is_landmark(text, span)]
    return sorted(meant, key=lambda span: not _MEANT.search(text[: span.start]))


def scored(
    text: str, places: list[Span], weights: Mapping[str, Sequence[float]] = MERCHANT_WEIGHTS
) -> Iterator[tuple[float, Span]]:
    """How much more speaks for each span than for none at all."""
    for one in candidates(text, places, edges(text, places)):
        yield weights[""][0] + sum(weights[each][0] for each in one.features if each in weights), one.span


def _registered(text: str, known: Set[str]) -> Iterator[Span]:
    """Where names of a register stand, the longest first at each place."""
    start = 0
    while known and start < len(text):
        sizes = range(min(MOST, len(text) - start), LEAST - 1, -1)
        names = (Span(start, start + size) for size in sizes if text[start : start + size] in known)
        span = next((one for one in names if text[slice(*one)] not in _NOBODYS), NOWHERE)
        if span != NOWHERE:
            yield span
        start = max(span.end, start + 1)


def _is_landmark(text: str, span: Span) -> bool:
    return bool(_LANDMARK.match(text, span.end) or _NOT_MEANT.search(text[: span.start]))


def candidates(text: str, places: list[Span], found: Edges) -> Iterator[Candidate]:
    """Every span between one of the likeliest beginnings and one of the likeliest ends."""
    words = _Words(
        _begins(text, places),
        _ends(text),
        [(one.start, one.end) for one in _COMMON.mentions(text)],
        [(one.start, one.end) for one in _NEVER.mentions(text)],
    )
    for span in map(Span._make, product(_likeliest(found.begins), _likeliest(found.ends))):
        if LEAST <= span.end - span.start <= MOST and _SENTENCE_ENDS.isdisjoint(text[slice(*span)]):
            yield Candidate(span, [*_features(text, span, words), *_inside(span, words, places), *_edges(span, found)])


def _likeliest(speaks: list[float]) -> list[int]:
    return sorted(sorted(range(len(speaks)), key=lambda place: -speaks[place])[:LIKELIEST])


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


def _features(text: str, span: Span, words: _Words) -> list[str]:
    left = words.begins.get(span.start, "other")
    kind, word, right = words.ends.get(span.end, ("bare", "", "other"))
    core = text[span.start : max(span.start, span.end - len(word))]
    pairs = [core[i : i + 2] for i in range(len(core) - 1)]
    rare = sum(pair not in WEIGHTS for pair in pairs)
    return [
        f"left {left}",
        f"right {right}",
        f"next {text[span.end : span.end + 1]}",
        f"next two {text[span.end : span.end + 2]}",
        f"before {text[max(0, span.start - 2) : span.start]}",
        f"kind {kind}",
        f"word {word}",
        f"size {kind} {min(len(core), 7)}",
        f"long {span.end - span.start}",
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


def _inside(span: Span, words: _Words, places: list[Span]) -> list[str]:
    """What common words and places a name holds."""
    _, word, _ = words.ends.get(span.end, ("", "", ""))
    core = Span(span.start, span.end - len(word))
    near = [one for one in _near(words.common, core) if one[0] >= core.start and one[1] <= core.end]
    odd = [one for one in _near(words.never, core) if one[0] >= core.start and one[1] <= core.end]
    crossed = any(start < core.start < end for start, end in _near(words.common, core))
    held = any(core.start <= place.start < core.end for place in places)
    return [f"common {min(len(near), 3)}", f"never {min(len(odd), 2)}", f"crossed {crossed}", f"place {held}"]


def _near(mentions: list[tuple[int, int]], core: Span) -> list[tuple[int, int]]:
    """Those of the sorted mentions that could touch it."""
    return mentions[bisect_left(mentions, (core.start - LONGEST_WORD, 0)) : bisect_left(mentions, (core.end, 0))]


def _edges(span: Span, found: Edges) -> list[str]:
    """How likely the span's two edges and all within are, and what stands beside it, in whole steps."""
    begin, end = found.begins[span.start], found.ends[span.end]
    inside = found.inside[slice(*span)]
    outside = max(found.inside[max(0, span.start - 1)], found.inside[span.end])
    measures = {
        "begin": begin,
        "end": end,
        "both": begin + end,
        "inside": sum(inside) / len(inside),
        "least": min(inside),
        "outside": outside,
    }
    return [f"{name} {max(-8, min(8, round(measure)))}" for name, measure in measures.items()]
