"""What a report is filed under (类别): its words' guess and each of its fragments speak for every category.

The weights were learned from labelled reports (``benchmarks/fit_recognition.py``).
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from content.submissions import categories
from content.submissions.categories import CODES
from content.understanding.recognition import CATEGORY_WEIGHTS

FOOD, NO_FOOD = "online_offline", "other"
"""What a report is filed under when no word says more."""
SIZES = (1, 2)
"""Characters of the fragments that are weighed."""


def category(plain: str, facts: Iterable[str], *, edible: int, other: int) -> str:
    """The code of the category of a report in plain form, with its concepts and its words for food and other goods."""
    guessed = guess(plain, edible=edible, other=other)
    if guessed not in CODES:
        return guessed
    scores = weigh(CATEGORY_WEIGHTS, features(plain, facts, edible=edible, other=other))
    return CODES[scores.index(max(scores))]


def guess(plain: str, *, edible: int, other: int) -> str:
    """What the words of categories.toml say, for food; else what is no food's."""
    return (categories.guess(plain) or FOOD) if edible and edible >= other else NO_FOOD


def features(plain: str, facts: Iterable[str], *, edible: int, other: int) -> set[str]:
    """What is weighed: fragments (``药味``), concepts (``c:additive``) and what the words say (``guess: …``)."""
    framed = f"^{plain}$"
    found = {framed[i : i + size] for size in SIZES for i in range(len(framed) - size + 1)}
    found.update(f"c:{fact}" for fact in facts)
    found.update(
        f"word: {one.code}" for one in categories.CATEGORIES.values() if any(map(plain.__contains__, one.words))
    )
    return found | {
        f"guess: {guess(plain, edible=edible, other=other)}",
        f"words: {categories.guess(plain)}",
        f"food: {min(edible, 3)} {min(other, 3)}",
    }


def weigh(weights: Mapping[str, Sequence[float]], found: Iterable[str]) -> list[float]:
    """How much speaks for each of CODES. A row of `weights` is the rarity of a feature, then what it weighs."""
    rows = [weights[feature] for feature in found if feature in weights]
    length = math.sqrt(sum(row[0] ** 2 for row in rows)) or 1.0
    sums = (sum(column) / length for column in list(zip(*rows, strict=True))[1:])
    return [bias + whole for bias, whole in zip(weights[""][1:], sums, strict=bool(rows))]
