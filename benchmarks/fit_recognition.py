"""Learn from labelled messages how much each concept and fragment speaks for each intent.

Multinomial logistic regression over features weighted by their rarity, by stochastic gradient descent in a fixed
order: the same examples give the same weights. Writes content/understanding/*weights.json, one feature a line.

    python -m benchmarks.fit_recognition            learn from tests/recognition/open.jsonl
    python -m benchmarks.fit_recognition --check    only cross-validate, and show what goes wrong
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.recognition import named, report, rows
from content.understanding.recognition import INTENTS
from handlers.understanding import addresses
from handlers.understanding.classifier import choose, concepts, features, shares, softmax
from handlers.understanding.lexicon import Mention
from handlers.understanding.merchants import candidates, merchant, whole
from handlers.understanding.normal import fold, read

OPEN, OWN = Path("tests/recognition/open.jsonl"), Path("tests/recognition/own.jsonl")
"""Messages as they may come, and further ones written for what was often mistaken."""
FOLDER = Path("content/understanding")
EPOCHS, RATE, BIAS_RATE, FOLDS = 25, 1.0, 0.1, 5
NAME_EPOCHS, NAME_RATE = 8, 0.1
SEEN, SEEN_IN_NAMES = 3, 3
"""A feature that fewer examples hold is not learned."""
SWAPS = 8
"""How often each message with a name is shown with the names of others, so that contexts are learned, not names."""
TELLING = 0.1
"""What weighs less says nothing and is not written down."""
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
    return [
        (one.features, text[slice(*whole(folded, one.span))] == name)
        for one in candidates(folded, addresses.spans(folded))
    ]


def _swapped(given: list[Example], chance: random.Random) -> list[Spans]:
    """The messages with a name, each with names of others in its place."""
    named_ones = [one for one in given if one.merchant]
    return [
        _spans(one.text.replace(one.merchant, other.merchant), other.merchant)
        for one in named_ones
        for other in chance.sample(named_ones, min(SWAPS, len(named_ones)))
    ]


def fit(given: list[Example]) -> Weights:
    """Each row: how rare the feature is, and what it weighs for each intent, times that."""
    seen = Counter(feature for one in given for feature in one.found)
    rarity = {f: math.log((1 + len(given)) / (1 + count)) + 1 for f, count in seen.items() if count >= SEEN}
    learned: Weights = {feature: [0.0] * len(INTENTS) for feature in rarity}
    bias = [0.0] * len(INTENTS)
    counts = Counter(one.intent for one in given)
    worth = {intent: len(given) / len(INTENTS) / count for intent, count in counts.items()}
    order = [(_scaled(one, rarity, learned), INTENTS.index(one.intent), worth[one.intent]) for one in given]
    chance = random.Random(1)
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        for inputs, intent, much in order:
            _step(bias, inputs, intent, much * RATE / (1 + epoch / 2))
    rows = {
        feature: [rarity[feature], *(weight * rarity[feature] for weight in learned[feature])] for feature in rarity
    }
    return {"": [0.0, *bias]} | rows


def _scaled(one: Example, rarity: Mapping[str, float], learned: Weights) -> list[tuple[list[float], float]]:
    """The rows an example moves, and how much of it each feature is: a long message weighs no more than a short one."""
    known = [feature for feature in one.found if feature in rarity]
    length = math.sqrt(sum(rarity[feature] ** 2 for feature in known)) or 1.0
    return [(learned[feature], rarity[feature] / length) for feature in known]


def _step(bias: list[float], inputs: list[tuple[list[float], float]], intent: int, rate: float) -> None:
    """Move the weights towards one example."""
    scores = [bias[i] + sum(row[i] * share for row, share in inputs) for i in range(len(bias))]
    errors = softmax(scores)
    errors[intent] -= 1.0
    for i, error in enumerate(errors):
        push = rate * error
        bias[i] -= push * BIAS_RATE
        for row, share in inputs:
            row[i] -= push * share


def fit_names(given: list[Example]) -> Weights:
    """A choice among the spans of a message that could be names, with none at all as one more."""
    chance = random.Random(1)
    messages = [spans for spans in (*(one.spans for one in given), *_swapped(given, chance)) if spans]
    seen = Counter(feature for spans in messages for found, _ in spans for feature in found)
    weights: Weights = {feature: [0.0] for feature, count in seen.items() if count >= SEEN_IN_NAMES} | {"": [0.0]}
    order = [[([weights[f] for f in found if f in weights], label) for found, label in spans] for spans in messages]
    for epoch in range(NAME_EPOCHS):
        chance.shuffle(order)
        for spans in order:
            _step_of_names(weights[""], spans, NAME_RATE / (1 + epoch / 2))
    return weights


def _step_of_names(start: list[float], spans: list[tuple[list[list[float]], bool]], rate: float) -> None:
    probable = softmax([0.0, *(start[0] + sum(row[0] for row in moved) for moved, _ in spans)])
    right = sum(label for _, label in spans) or 1
    for (moved, label), share in zip(spans, probable[1:], strict=True):
        push = rate * (share - label / right)
        start[0] -= push * BIAS_RATE
        for row in moved:
            row[0] -= push


def check(given: list[Example]) -> None:
    """What the weights would make of messages they were not learned from."""
    table: Counter[tuple[str, str]] = Counter()
    names: list[tuple[str, str]] = []
    for part in range(FOLDS):
        rest = [one for i, one in enumerate(given) if i % FOLDS != part]
        weights, name_weights = fit(rest), fit_names(rest)
        for one in given[part::FOLDS]:
            probable = shares(weights, one.found)
            guess = choose(probable, one.facts)
            table[one.intent, guess] += 1
            folded = fold(one.text)
            names.append((one.merchant, one.text[slice(*merchant(folded, addresses.spans(folded), name_weights))]))
            if guess != one.intent:
                odds = " ".join(f"{name[:4]} {share:.2f}" for name, share in zip(INTENTS, probable, strict=True))
                print(f"{one.intent} -> {guess} | {odds} | {one.text!r}")
            if names[-1][0] != names[-1][1]:
                print(f"merchant {names[-1][0]!r} -> {names[-1][1]!r} | {one.text!r}")
    report(table)
    print("merchant", named(names))


def main() -> None:
    given = examples(OPEN)
    if "--check" in sys.argv:
        check(given)
        return
    given += examples(OWN)
    write(FOLDER / "weights.json", fit(given))
    write(FOLDER / "merchant_weights.json", fit_names(given))


def write(path: Path, weights: Weights) -> None:
    """One feature a line, so that a change can be read."""
    rows = sorted((feature, [round(weight, 2) for weight in row]) for feature, row in weights.items())
    lines = [
        f"{json.dumps(feature, ensure_ascii=False)}: {row}"
        for feature, row in rows
        if max(map(abs, row)) >= TELLING or not feature
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{path}: {len(lines)} weights")


if __name__ == "__main__":
    main()
