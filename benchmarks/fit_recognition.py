"""Learn from labelled messages how much each concept and fragment speaks for each intent.

Multinomial logistic regression with an L2 penalty, by stochastic gradient descent in a fixed order: the same
examples give the same weights. Writes content/recognition/weights.json, one feature a line.

    python -m benchmarks.fit_recognition            learn from tests/recognition/open.jsonl
    python -m benchmarks.fit_recognition --check    only cross-validate, and show what goes wrong
"""

import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from benchmarks.recognition import report
from content.recognition import INTENTS
from handlers.lexicon import Mention
from handlers.plain import read
from handlers.weighing import choose, concepts, features, shares

OPEN = Path("tests/recognition/open.jsonl")
TARGET = Path("content/recognition/weights.json")
EPOCHS, RATE, PENALTY, FOLDS = 20, 0.25, 1.0, 5
SEEN = 3
"""A fragment that fewer examples hold is not learned."""
Weights = dict[str, list[float]]


class Example(NamedTuple):
    text: str
    intent: str
    facts: dict[str, Mention]
    found: list[str]


def examples(path: Path) -> list[Example]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [_example(row["text"], row["intent"]) for row in rows]


def _example(text: str, intent: str) -> Example:
    plain = read(text).text
    facts = concepts(plain)
    return Example(text, intent, facts, sorted(features(plain, facts)))


def fit(given: list[Example]) -> Weights:
    seen = Counter(feature for one in given for feature in one.found)
    weights: Weights = {feature: [0.0] * len(INTENTS) for feature, count in seen.items() if count >= SEEN}
    weights[""] = [0.0] * len(INTENTS)
    counts = Counter(one.intent for one in given)
    chance = random.Random(1)
    order = list(given)
    for epoch in range(EPOCHS):
        rate = RATE / (1 + epoch)
        chance.shuffle(order)
        for one in order:
            _step(weights, one, seen, rate, len(given) / len(INTENTS) / counts[one.intent])
    return weights


def _step(weights: Weights, one: Example, seen: Counter[str], rate: float, worth: float) -> None:
    """Move the weights towards one example; rare intents are worth more."""
    errors = shares(weights, one.found)
    errors[INTENTS.index(one.intent)] -= 1.0
    rows = [(weights[feature], PENALTY / seen[feature]) for feature in one.found if feature in weights]
    for i, error in enumerate(errors):
        push = rate * error * worth
        weights[""][i] -= push
        for row, decay in rows:
            row[i] -= push + rate * decay * row[i]


def check(given: list[Example]) -> None:
    """What the weights would make of messages they were not learned from."""
    table: Counter[tuple[str, str]] = Counter()
    for fold in range(FOLDS):
        weights = fit([one for i, one in enumerate(given) if i % FOLDS != fold])
        for one in given[fold::FOLDS]:
            probable = shares(weights, one.found)
            guess = choose(probable, one.facts)
            table[one.intent, guess] += 1
            if guess != one.intent:
                odds = " ".join(f"{name[:4]} {share:.2f}" for name, share in zip(INTENTS, probable, strict=True))
                print(f"{one.intent} -> {guess} | {odds} | {one.text!r}")
    report(table)


def main() -> None:
    given = examples(OPEN)
    if "--check" in sys.argv:
        check(given)
        return
    rows = sorted((feature, [round(weight, 2) for weight in row]) for feature, row in fit(given).items())
    lines = [f"{json.dumps(feature, ensure_ascii=False)}: {row}" for feature, row in rows if any(row)]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(given)} examples, {len(lines)} weights")


if __name__ == "__main__":
    main()
