"""Where a business's name may begin and end in a folded text, weighed from the characters and words around each place.

The weights were learned from labelled messages (``benchmarks/fit_names.py``).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from content.understanding.recognition import CONCEPTS, EDGE_WEIGHTS, NAMES, WEIGHTS
from handlers.understanding.addresses import Span
from handlers.understanding.lexicon import Lexicon

_LISTS = ("before", "kinds", "dishes", "chains", "tails", "behind", "never", "generic")
_COMMON = {word for one in CONCEPTS.values() for word in one.words if word.isalpha() and len(word) > 1}
_WORDS = Lexicon({name: NAMES[name] for name in (*_LISTS, "known_places", "street_ends")} | {"common": _COMMON})
_TOLD_BEFORE, _TOLD_BEHIND = frozenset(_LISTS[:5]), frozenset(["behind"])
"""Lists of which the word itself is weighed, where it ends or begins."""
_FRAME = 4
"""Characters around a place that are weighed."""
_RUNS = (*((at, 1) for at in range(-4, 4)), *((at, 2) for at in range(-4, 3)), *((at, 3) for at in range(-3, 1)))
"""Where each of the runs of one to three characters begins, from the place on."""


class Edges(NamedTuple):
    """For each place of a text how much speaks for a name that begins, that ends, and that goes on there."""

    begins: list[float]
    ends: list[float]
    inside: list[float]


def edges(text: str, places: list[Span], weights: Mapping[str, Sequence[float]] = EDGE_WEIGHTS) -> Edges:
    """How much speaks for an edge, the greater the more, at each place from the beginning of the text to its end."""
    found = Edges([], [], [])
    for around in features(text, places):
        rows = [weights[""], *(weights[feature] for feature in around if feature in weights)]
        for speaks, column in zip(found, zip(*rows, strict=True), strict=True):
            speaks.append(sum(column))
    return found


def features(text: str, places: list[Span]) -> list[list[str]]:
    """What is weighed at each place: runs of characters, how usual they are, and the words that end or begin there."""
    framed = f"{'^' * _FRAME}{text}{'$' * _FRAME}"
    usual = "rr" + "".join("u" if text[i : i + 2] in WEIGHTS else "r" for i in range(len(text) - 1)) + "rrrr"
    marks = _marks(text, places)
    found = []
    for place in range(len(text) + 1):
        around = [f"{at} {framed[place + _FRAME + at : place + _FRAME + at + size]}" for at, size in _RUNS]
        near = usual[place : place + 4]
        around += [f"usual {near}", f"usual {near[:2]}<", f"usual >{near[2:]}"]
        around += marks[place]
        around += [f"next {mark}" for mark in (marks[place + 1] if place < len(text) else ()) if " " not in mark]
        around += [f"last {mark}" for mark in (marks[place - 1] if place else ()) if " " not in mark]
        found.append(around)
    return found


def _marks(text: str, places: list[Span]) -> list[set[str]]:
    """The lists of which a word ends (>), begins (<) or goes on (-) at each place."""
    marks: list[set[str]] = [set() for _ in range(len(text) + 1)]
    listed = [(one.name, one.word, one.start, one.end) for one in _WORDS.mentions(text)]
    for name, word, start, end in (*listed, *(("place", "", *place) for place in places)):
        marks[start].add(f"<{name}")
        marks[end].add(f">{name}")
        for place in range(start + 1, end):
            marks[place].add(f"-{name}")
        if name in _TOLD_BEFORE:
            marks[end].add(f"> {word}")
        if name in _TOLD_BEHIND:
            marks[start].add(f"< {word}")
    return marks
