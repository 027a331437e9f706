"""Whether a message tells of danger to a person now (险情), and whom to call for it.

Signs whose words are plain decide by themselves (``danger.toml``). Everywhere else what was just asked, each concept
and each fragment speak for or against danger with a weight that was learned from labelled messages and remarks.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from content.understanding.danger import DANGER_WEIGHTS, IDIOMS, SIGNS
from handlers.understanding import classifier, lexicon
from handlers.understanding.lexicon import Lexicon, Mention

CERTAIN, DOUBTFUL = 0.5, 0.2
"""From which probability on danger is taken for certain, and from which it is asked about, by cross-validation."""
_IDIOM = re.compile("|".join(map(re.escape, sorted(IDIOMS, key=len, reverse=True))))
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


def assess(plain: str, asked: str = "") -> Danger:
    """What a text in plain form, the answer to the question `asked` ("" for none), tells of danger."""
    sober = _IDIOM.sub("~", plain)
    facts = classifier.concepts(sober)
    signs = _signs(sober)
    level = max(_by_signs(signs, facts), _by_weights(sober, facts, signs, asked))
    if level is Level.NONE:
        return Danger()
    told = [(SIGNS[i], mention) for i, mention in sorted(signs.items())]
    number = told[0][0].number if told else "120"
    kind = next((sign.first_aid for sign, _ in told if sign.first_aid), "")
    reasons = tuple(f"{sign.reason}（提到“{sober[mention.start : mention.end]}”）" for sign, mention in told)
    return Danger(level, number, kind, reasons or ("措辞像有人正在发病或遇险",))


def _signs(plain: str) -> dict[int, Mention]:
    """The signs that stand in a text, by their place in the file, neither denied nor only supposed."""
    found: dict[int, Mention] = {}
    for mention in _LEXICON.mentions(plain):
        if not lexicon.negation(plain, mention):
            found.setdefault(int(mention.name), mention)
    return found


def _by_signs(signs: Mapping[int, Mention], facts: Mapping[str, Mention]) -> Level:
    if not signs:
        return Level.NONE
    plain = any(SIGNS[i].certain for i in signs) and not any(soft in facts for soft in SOFT)
    return Level.CERTAIN if plain else Level.DOUBTFUL


def features(plain: str, facts: Mapping[str, Mention], signs: Mapping[int, Mention], asked: str) -> set[str]:
    """What is weighed: what the intent is weighed by, the signs and the question that was asked."""
    return classifier.features(plain, facts) | {f"sign:{SIGNS[i].number}" for i in signs} | {f"asked:{asked}"}


def _by_weights(plain: str, facts: Mapping[str, Mention], signs: Mapping[int, Mention], asked: str) -> Level:
    share = probability(DANGER_WEIGHTS, features(plain, facts, signs, asked))
    return Level.CERTAIN if share >= CERTAIN else Level.DOUBTFUL if share >= DOUBTFUL else Level.NONE


def probability(weights: Mapping[str, Sequence[float]], found: set[str]) -> float:
    """How probable danger is. A row of `weights` is the rarity of a feature, then what it weighs."""
    rows = [weights[feature] for feature in found if feature in weights]
    length = math.sqrt(sum(rarity**2 for rarity, _ in rows)) or 1.0
    return 1 / (1 + math.exp(-weights[""][1] - sum(weight for _, weight in rows) / length))
