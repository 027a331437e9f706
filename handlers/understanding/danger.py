"""Whether a message tells of danger to a person now (险情), and whom to call for it.

What was just asked, the signs of ``danger.toml``, each concept and each fragment speak for or against danger with a
weight that was learned from labelled messages and remarks (``benchmarks/fit_recognition.py``).
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from content.understanding.danger import DANGER_WEIGHTS, HEARSAY, IDIOMS, SIGNS
from handlers.understanding import classifier
from handlers.understanding.lexicon import Lexicon, Mention, first_few, negation

CERTAIN, DOUBTFUL = 0.6, 0.15
"""From which probability on danger is certain, and from which it is asked about: ``benchmarks/fit_recognition.py``."""
HARMS = frozenset(("symptom", "symptom_grave", "danger", "trapped", "life_at_stake", "blast"))
"""Without a sign or one of these concepts nothing that was said is a danger, however it was said: it is asked."""
NARROW = frozenset(
    ("category", "merchant", "address", "demand", "pictures", "name", "phone", "contact_address", "confirm")
)
"""Questions whose answers name something and tell no story."""
_IDIOM = re.compile("|".join(map(re.escape, sorted(IDIOMS, key=len, reverse=True))))
_HEARSAY = re.compile("|".join(map(re.escape, HEARSAY)))
_LEXICON = Lexicon({str(i): sign.words for i, sign in enumerate(SIGNS)})
SOFT = ("long_past", "recovered", "past", "supposing", "asks")
"""What is over, or only asked about, calls nobody by one word of it."""


class Level(IntEnum):
    """`DOUBTFUL`: possible, but not said; one question tells. `CERTAIN`: help is called."""

    NONE = 0
    DOUBTFUL = 1
    CERTAIN = 2


@dataclass(frozen=True)
class Danger:
    """`number` is whom to call (110, 119, 120) and `kind` the key of the first aid that helps; both "" for none."""

    level: Level = Level.NONE
    number: str = ""
    kind: str = ""
    reasons: tuple[str, ...] = ()


def assess(plain: str, asked: str = "", weights: Mapping[str, Sequence[float]] = DANGER_WEIGHTS) -> Danger:
    """What a text in plain form, the answer to the question `asked` ("" for none), tells of danger."""
    sober, facts, signs = heard(plain)
    level = _level(probability(weights, features(sober, facts, signs, asked)), facts, signs)
    if _HEARSAY.search(sober):
        level = min(level, Level.DOUBTFUL)
    if level is Level.NONE:
        return Danger()
    told = [(SIGNS[i], signs[i]) for i in sorted(signs, key=lambda i: (not SIGNS[i].certain, i))]
    number = told[0][0].number if told else "120"
    kind = next((sign.first_aid for sign, _ in told if sign.first_aid), "")
    reasons = tuple(f"{sign.reason}（提到“{sober[mention.start : mention.end]}”）" for sign, mention in told)
    return Danger(level, number, kind, reasons or ("措辞像有人正在发病或遇险",))


def heard(plain: str) -> tuple[str, dict[str, Mention], dict[int, Mention]]:
    """The text without what is only a manner of speaking, its concepts and its signs."""
    sober = _IDIOM.sub("~", plain)
    return sober, classifier.concepts(sober), _signs(sober)


def _signs(plain: str) -> dict[int, Mention]:
    """The signs that stand in a text, by their place in the file, neither denied nor only supposed."""
    found: dict[int, Mention] = {}
    for mention in first_few(_LEXICON.mentions(plain)):
        if not negation(plain, mention):
            found.setdefault(int(mention.name), mention)
    return found


def _level(share: float, facts: Mapping[str, Mention], signs: Mapping[int, Mention]) -> Level:
    plain = any(SIGNS[i].certain for i in signs) and not any(soft in facts for soft in SOFT)
    harmed = bool(signs) or not HARMS.isdisjoint(facts)
    if share >= (DOUBTFUL if plain else CERTAIN) and harmed:
        return Level.CERTAIN
    return Level.DOUBTFUL if plain or share >= DOUBTFUL else Level.NONE


def features(plain: str, facts: Mapping[str, Mention], signs: Iterable[int], asked: str) -> set[str]:
    """What is weighed: what an intent is weighed by, the signs, and the question that was asked."""
    context = {f"asked:{asked}", f"asked:{'narrow' if asked in NARROW else 'wide'}"}
    return classifier.features(plain, facts) | context | {f"sign:{i}" for i in signs}


def probability(weights: Mapping[str, Sequence[float]], found: Iterable[str]) -> float:
    """How probable danger is. A row of `weights` is the rarity of a feature, then what it weighs."""
    rows = [weights[feature] for feature in found if feature in weights]
    length = math.sqrt(sum(rarity**2 for rarity, _ in rows)) or 1.0
    return 1 / (1 + math.exp(-weights[""][1] - sum(weight for _, weight in rows) / length))
