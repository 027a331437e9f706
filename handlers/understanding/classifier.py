"""What the words of a message weigh for each intent, as learned from labelled messages."""

import math
from collections.abc import Iterable, Mapping, Sequence

from content.understanding.recognition import CONCEPTS, INTENTS, PAIRS, WEIGHTS, Also
from handlers.understanding.lexicon import Lexicon, Mention, first_few, negation

SIZES = (1, 2)
"""Characters of the fragments that are weighed beside the concepts."""
_LEXICON = Lexicon({name: concept.words for name, concept in CONCEPTS.items()})
_NOTHING = (0.0,) * (len(INTENTS) + 1)


def concepts(plain: str) -> dict[str, Mention]:
    """The concepts of a text in plain form, ``symptom:denied`` apart from ``symptom``, with their first mention."""
    facts: dict[str, Mention] = {}
    mentions = first_few(_LEXICON.mentions(plain))
    hiding = [mention for mention in mentions if CONCEPTS[mention.name].hides]
    for mention in mentions:
        if any(_hides(other, mention) for other in hiding):
            continue
        meant = negation(plain, mention) if CONCEPTS[mention.name].deniable else ""
        facts.setdefault(mention.name + meant, mention)
    return facts


def _hides(other: Mention, mention: Mention) -> bool:
    apart = other.end <= mention.start or mention.end <= other.start
    return not apart and mention.name in CONCEPTS[other.name].hides


def features(plain: str, facts: Iterable[str]) -> set[str]:
    """What is weighed: concepts (``c:refund``), pairs of them (``c:symptom+past``) and fragments (``退钱``)."""
    framed = f"^{plain}$"
    held = {fact for fact in facts if CONCEPTS[fact.partition(":")[0]].weighed}
    found = {framed[i : i + size] for size in SIZES for i in range(len(framed) - size + 1)}
    found.update(f"c:{fact}" for fact in held)
    found.update(f"c:{one}+{other}" for one in held.intersection(PAIRS.of) for other in held & set(PAIRS.beside))
    return found


def weight(feature: str, intent: str) -> float:
    """How much a feature speaks for an intent."""
    return WEIGHTS.get(feature, _NOTHING)[INTENTS.index(intent) + 1]


def shares(weights: Mapping[str, Sequence[float]], found: Iterable[str]) -> list[float]:
    """The probability of each of INTENTS. A row of `weights` is the rarity of a feature, then what it weighs."""
    rows = [weights[feature] for feature in found if feature in weights]
    length = math.sqrt(sum(row[0] ** 2 for row in rows)) or 1.0
    sums = (sum(column) for column in list(zip(*rows, strict=True))[1:]) if rows else (0.0,) * len(INTENTS)
    return softmax([bias + whole / length for bias, whole in zip(weights[""][1:], sums, strict=True)])


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities."""
    best = max(scores)
    powers = [math.exp(score - best) for score in scores]
    return [power / sum(powers) for power in powers]


def holds(rule: Also, facts: Mapping[str, Mention]) -> bool:
    return (
        all(fact in facts for fact in rule.all)
        and (not rule.any or any(fact in facts for fact in rule.any))
        and not any(fact in facts for fact in rule.none)
    )
