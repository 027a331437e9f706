"""Finding the entry that answers a question, without a dictionary: characters, pairs of characters, rarity.

Chinese writes no spaces. The characters and the pairs of neighbours of a question are looked up among
those of every entry; a rare one says more than a common one. Everyday words, dialect and slips are first
replaced by the words of the entries (``synonyms.toml``). All is built once, at import.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from math import inf, log
from pathlib import Path

from content.knowledge import ENTRIES, Entry, synonyms

SINGLE = 0.7
"""How much one character counts beside a pair."""
FROM_ANSWER = 0.2
"""How much the words of an answer count beside those of its question."""
FIRST = 0.5
"""What one way of asking is worth; each further one that says it too adds half of what is missing."""
WORDY = 0.15
"""How much an entry with many words is held back."""
LONGEST = 200
"""Characters of a question that are looked at."""
SUBSTANCE = 5.0
"""What an entry accounts for must be as rare as a few characters of weight: 怎么办 alone finds nothing."""
ENOUGH = 2.0
"""And, times its share of what was asked, be this much: a long story may touch an entry by chance."""
MARGIN = 2.0
"""So much better than the next one, or it may as well be the wrong one: a wrong answer is worse than none."""

_meant = synonyms.load(Path(__file__).with_name("synonyms.toml"))
_SAID = re.compile("|".join(sorted(map(re.escape, _meant), key=len, reverse=True)))
_MARKS = re.compile(r"[\W_]+")
_SIGNS = re.compile(r"[0-9a-z]+|.")


def _plain(text: str) -> str:
    """A text in the words of the entries, gaps where its marks and idle words were."""
    spoken = _MARKS.sub(" ", unicodedata.normalize("NFKC", text).lower())
    return " ".join(_SAID.sub(lambda found: _meant[found[0]], spoken).split())


def _grams(plain: str) -> dict[str, float]:
    """Characters and pairs of a plain text, with their weight."""
    grams: dict[str, float] = {}
    for part in plain.split():
        signs = _SIGNS.findall(part)
        grams |= dict.fromkeys(signs, SINGLE)
        grams |= {left + right: 1.0 for left, right in pairwise(signs)}
    return grams


def _asked(entry: Entry) -> Counter[str]:
    """How many ways of asking carry each gram."""
    return Counter(gram for text in (entry.question, *entry.ask) for gram in _grams(_plain(text)))


_asked_of = {code: _asked(entry) for code, entry in ENTRIES.items()}
_spread = Counter(gram for asked in _asked_of.values() for gram in asked)
_rarity = {gram: log(1 + len(ENTRIES) / (entries + 0.5)) for gram, entries in _spread.items()}
_RAREST = log(1 + len(ENTRIES) / 0.5)


def _build() -> dict[str, list[tuple[str, float]]]:
    """Gram -> the entries that carry it, and how much it says for each."""
    weights = {}
    for code, asked in _asked_of.items():
        answer = dict.fromkeys(_grams(_plain(ENTRIES[code].answer)), FROM_ANSWER)
        weights[code] = answer | {gram: 1 - (1 - FIRST) ** ways for gram, ways in asked.items()}
    sizes = {code: sum(_rarity.get(gram, 0) for gram in asked) for code, asked in _asked_of.items()}
    usual = sum(sizes.values()) / len(sizes)
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for code, grams in weights.items():
        for gram, weight in grams.items():
            found[gram].append((code, weight * (usual / sizes[code]) ** WORDY))
    return dict(found)


_ENTRIES_OF = _build()
_SAME = {_plain(text): code for code, entry in ENTRIES.items() for text in (entry.question, *entry.ask)}


def search(text: str, limit: int = 3) -> list[Entry]:
    """The entries that best answer a question, the best first; [] when nothing fits, or another nearly as well."""
    ranked = _ranked(text)
    best, second, *_ = *(score for score, _ in ranked), 0.0, 0.0
    return [ENTRIES[code] for _, code in ranked[:limit]] if best - second >= MARGIN else []


def is_listed(text: str) -> bool:
    """Whether a text is one of the ways in which an entry is asked, in its very words."""
    return len(text) <= LONGEST and _plain(text) in _SAME


def nearest(text: str, limit: int = 2) -> list[Entry]:
    """What may be meant by a question that `search` leaves open, the likeliest first."""
    return [ENTRIES[code] for _, code in _ranked(text)[:limit]]


def _ranked(text: str) -> list[tuple[float, str]]:
    """(score, code) of all entries that fit, the best first."""
    plain = _plain(text[:LONGEST])
    asked, scores = 0.0, defaultdict[str, float](float)
    for gram, weight in _grams(plain).items():
        weight *= _rarity.get(gram, _RAREST)
        asked += weight
        for code, says in _ENTRIES_OF.get(gram, ()):
            scores[code] += weight * says
    if plain in _SAME:
        scores[_SAME[plain]] = inf
    fitting = (
        (score, code) for code, score in scores.items() if score >= SUBSTANCE and score * score >= ENOUGH * asked
    )
    return sorted(fitting, reverse=True)
