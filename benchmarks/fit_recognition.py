"""Learn from labelled messages how much each concept and fragment speaks for each intent.

Multinomial logistic regression with an L2 penalty, by stochastic gradient descent in a fixed order: the same
examples give the same weights. Writes content/recognition/weights.json, one feature a line.

    python -m benchmarks.fit_recognition            learn from tests/recognition
    python -m benchmarks.fit_recognition --check    only cross-validate, and show what goes wrong
"""

import json
import math
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.recognition import named, report, rows
from content.recognition import INTENTS
from handlers import placing
from handlers.lexicon import Mention
from handlers.naming import candidates, merchant
from handlers.plain import fold, read
from handlers.weighing import choose, concepts, features, shares

OPEN, OWN = Path("tests/recognition/open.jsonl"), Path("tests/recognition/own.jsonl")
"""Messages as they may come, and further ones written for what was often mistaken; only the first are checked."""
FOLDER = Path("content/recognition")
EPOCHS, RATE, SLOWLY, PENALTY, FOLDS = 20, 0.2, 4, 1.0, 8
NAME_EPOCHS, NAME_RATE, NAME_PENALTY = 10, 0.2, 1.0
SEEN = 3
"""A feature that fewer examples hold is not learned."""
SWAPS = 6
"""How often each message with a name is shown with the names of others, so that contexts are learned, not names."""
Weights = dict[str, list[float]]
Spans = list[tuple[list[str], bool]]
"""What could be a name: its features, and whether it is one."""


class Example(NamedTuple):
    text: str
    intent: str
    merchant: str
    facts: dict[str, Mention]
    found: list[str]
    spans: Spans


def examples(path: Path) -> list[Example]:
    return [_example(row) for row in rows(path)]


def _example(row: dict[str, Any]) -> Example:
    plain = read(row["text"]).text
    facts = concepts(plain)
    found = sorted(features(plain, facts))
    return Example(row["text"], row["intent"], row["merchant"], facts, found, _spans(row["text"], row["merchant"]))


def _spans(text: str, name: str) -> Spans:
    folded = fold(text)
    return [(one.features, text[slice(*one.span)] == name) for one in candidates(folded, placing.spans(folded))]


def _swapped(given: list[Example], chance: random.Random) -> list[Spans]:
    """The messages with a name, each with names of others in its place."""
    named_ones = [one for one in given if one.merchant]
    return [
        _spans(one.text.replace(one.merchant, other.merchant), other.merchant)
        for one in named_ones
        for other in chance.sample(named_ones, min(SWAPS, len(named_ones)))
    ]


def fit(given: list[Example]) -> Weights:
    seen = Counter(feature for one in given for feature in one.found)
    weights: Weights = {feature: [0.0] * len(INTENTS) for feature, count in seen.items() if count >= SEEN}
    weights[""] = [0.0] * len(INTENTS)
    counts = Counter(one.intent for one in given)
    chance = random.Random(1)
    order = list(given)
    for epoch in range(EPOCHS):
        rate = RATE / (1 + epoch / SLOWLY)
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


def fit_names(given: list[Example]) -> Weights:
    """Logistic regression over the spans that could be names."""
    chance = random.Random(1)
    spans = [span for one in (*(one.spans for one in given), *_swapped(given, chance)) for span in one]
    seen = Counter(feature for found, _ in spans for feature in found)
    weights: Weights = {feature: [0.0] for feature, count in seen.items() if count >= SEEN} | {"": [0.0]}
    order = [([(weights[f], NAME_PENALTY / seen[f]) for f in found if f in weights], label) for found, label in spans]
    start = weights[""]
    for epoch in range(NAME_EPOCHS):
        rate = NAME_RATE / (1 + epoch)
        chance.shuffle(order)
        for found, label in order:
            score = start[0] + sum(row[0] for row, _ in found)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - label
            start[0] -= rate * error
            for row, decay in found:
                row[0] -= rate * (error + decay * row[0])
    return weights


def check(given: list[Example], own: list[Example]) -> None:
    """What the weights would make of open messages that they were not learned from."""
    table: Counter[tuple[str, str]] = Counter()
    names: list[tuple[str, str]] = []
    for part in range(FOLDS):
        rest = [one for i, one in enumerate(given) if i % FOLDS != part]
        weights, name_weights = fit(rest + own), fit_names(rest + own)
        for one in given[part::FOLDS]:
            probable = shares(weights, one.found)
            guess = choose(probable, one.facts)
            table[one.intent, guess] += 1
            folded = fold(one.text)
            names.append((one.merchant, one.text[slice(*merchant(folded, placing.spans(folded), name_weights))]))
            if guess != one.intent:
                odds = " ".join(f"{name[:4]} {share:.2f}" for name, share in zip(INTENTS, probable, strict=True))
                print(f"{one.intent} -> {guess} | {odds} | {one.text!r}")
            if names[-1][0] != names[-1][1]:
                print(f"merchant {names[-1][0]!r} -> {names[-1][1]!r} | {one.text!r}")
    report(table)
    print("merchant", named(names))


def main() -> None:
    given, own = examples(OPEN), examples(OWN)
    if "--check" in sys.argv:
        check(given, own)
        return
    write(FOLDER / "weights.json", fit(given + own))
    write(FOLDER / "merchant_weights.json", fit_names(given + own))


def write(path: Path, weights: Weights) -> None:
    """One feature a line, so that a change can be read."""
    rows = sorted((feature, [round(weight, 2) for weight in row]) for feature, row in weights.items())
    lines = [f"{json.dumps(feature, ensure_ascii=False)}: {row}" for feature, row in rows if any(row) or not feature]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{path}: {len(lines)} weights")


if __name__ == "__main__":
    main()
