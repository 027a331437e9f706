"""Whose name stands in a message (商户名称): every span that could be one is weighed, the best is taken or none.

The weights were learned from labelled messages (``benchmarks/fit_recognition.py``).
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from content.recognition import CONCEPTS, MERCHANT_WEIGHTS, NAMES, WEIGHTS
from handlers.lexicon import Lexicon
from handlers.placing import BREAKS, NOWHERE, Span

LEAST, MOST, MOST_BARE = 2, 15, 7
"""Characters of a name; a bare one has no kind at its end."""
NEAR = 3
"""Characters between a place and the name of who is there: 长乐路那个辣得跳麻辣烫."""
ENOUGH = 0.4
"""The probability from which a span is taken for a name."""
_ENDS = Lexicon({name: NAMES[name] for name in ("chains", "kinds", "dishes", "tails")})
_BEFORE = Lexicon({"before": NAMES["before"]})
_BEHIND = Lexicon({"behind": NAMES["behind"]})
_NEVER = Lexicon({"never": NAMES["never"]})
_COMMON = Lexicon({"common": {w for one in CONCEPTS.values() for w in one.words if w.isalpha() and len(w) > 1}})
_GENERIC = frozenset(NAMES["generic"])
_SURNAME = re.compile(f"[老小阿]?[{NAMES['surnames'][0]}](?:[记家氏姐哥嫂婆叔妈爸]|$)")
_QUOTES = frozenset('“"「《【')


class Candidate(NamedTuple):
    """A span and what speaks for or against its being a name."""

    span: Span
    features: list[str]


class _Usual:
    """Where common words begin, end and run across."""

    def __init__(self, words: list[Span]) -> None:
        self.ends: dict[int, list[int]] = {}
        for word in words:
            self.ends.setdefault(word.start, []).append(word.end)
        self.crossed = {place for word in words for place in range(word.start + 1, word.end)}

    def within(self, core: Span) -> int:
        """How many common words a span holds."""
        return sum(end <= core.end for start in range(*core) for end in self.ends.get(start, ()))


def merchant(text: str, places: list[Span], weights: Mapping[str, Sequence[float]] = MERCHANT_WEIGHTS) -> Span:
    """Where the proper name of a business stands in a folded text; an empty span when none does."""
    best, most = NOWHERE, math.log(ENOUGH / (1 - ENOUGH))
    for candidate in candidates(text, places):
        score = weights[""][0] + sum(weights[one][0] for one in candidate.features if one in weights)
        if score > most:
            best, most = candidate.span, score
    return best


def candidates(text: str, places: list[Span]) -> Iterator[Candidate]:
    """Every span between a place where names begin and one where they end."""
    usual = _Usual([Span(one.start, one.end) for one in _COMMON.mentions(text)])
    begins, ends = _begins(text, places, usual), _ends(text, usual)
    never = sorted((one.start, one.end) for one in _NEVER.mentions(text))
    for begin, left in begins.items():
        following = never[bisect_left(never, (begin, 0)) :][:3]
        stop = min((end for _, end in following), default=len(text) + 1)
        for end in range(begin + LEAST, min(len(text), begin + MOST) + 1):
            if text[end - 1] in BREAKS:
                break
            if end not in ends:
                continue
            kind, word, right = ends[end]
            core = Span(begin, end - len(word))
            if core.end >= stop:
                break
            if kind != "bare" or end - begin <= MOST_BARE:
                found = _features(text, Span(begin, end), left, kind, word, right)
                yield Candidate(Span(begin, end), found + _inside(core, usual, places))


def _begins(text: str, places: list[Span], usual: _Usual) -> dict[int, str]:
    """Where a name may begin, and what stands before it."""
    begins = {end: "common" for ends in usual.ends.values() for end in ends} | {
        one.end: one.word for one in _BEFORE.mentions(text)
    }
    begins |= {i + 1: "quote" if char in _QUOTES else "break" for i, char in enumerate(text) if char in BREAKS}
    begins |= {place.end: "place" for place in places}
    return begins | {0: "start"}


def _ends(text: str, usual: _Usual) -> dict[int, tuple[str, str, str]]:
    """Where a name may end: what kind of word ends it, the word, and what follows."""
    behind = dict.fromkeys(usual.ends, "common") | {one.start: one.word for one in _BEHIND.mentions(text)}
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
        f"kind {kind}",
        f"word {word}",
        f"size {kind} {size}",
        f"left {left} {kind}",
        f"joint left {text[span.start - 1 : span.start + 1] in WEIGHTS}",
        f"joint right {kind} {text[span.end - 1 : span.end + 1] in WEIGHTS}",
        f"right {right} {kind}",
        f"rare {kind} {min(rare, 4)}",
        f"usual {kind} {min(len(pairs) - rare, 4)}",
        *([f"generic {kind}"] if core in _GENERIC or _made_of_generic(core) else []),
        f"first {core[:1]}",
        *(["surname"] if _SURNAME.match(core) else []),
        f"last {core[-1:]}",
    ]


def _made_of_generic(core: str) -> bool:
    return any(core[:i] in _GENERIC and core[i:] in _GENERIC for i in range(1, len(core)))


def _inside(core: Span, usual: _Usual, places: list[Span]) -> list[str]:
    """What common words and places a name holds, and whether a place stands right before it."""
    held = any(core.start <= place.start and place.end <= core.end for place in places)
    near = any(0 <= core.start - place.end <= NEAR for place in places)
    return [
        f"common {min(usual.within(core), 3)}",
        *(["crossed"] if core.start in usual.crossed else []),
        *(["place held"] if held else []),
        *(["place near"] if near else []),
    ]
