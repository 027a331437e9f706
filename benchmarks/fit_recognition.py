"""Learn from labelled messages how much each feature speaks for each intent, and for a span's being a name.

Logistic regression; the same messages give the same weights. Writes content/understanding/*weights.json, one feature a
line, in the form that handlers/understanding/classifier.py and merchants.py read.

    python -m benchmarks.fit_recognition    learn from tests/recognition/open.jsonl and own.jsonl

After messages were added run it twice: what is rare in a name is what the weights.json of before does not hold.
"""

import json
import random
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import vstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from benchmarks.recognition import rows
from content.submissions.categories import CODES
from content.understanding.recognition import INTENTS
from handlers.understanding import addresses, category
from handlers.understanding.classifier import concepts, features
from handlers.understanding.merchants import candidates, whole
from handlers.understanding.normal import fold, read
from handlers.understanding.recognition import matter

OPEN, OWN = Path("tests/recognition/open.jsonl"), Path("tests/recognition/own.jsonl")
"""Messages as they may come, and further ones written for what was often mistaken."""
FACTS = Path("tests/recognition/facts.jsonl")
"""Reports and messages with names that teach nothing but their category and their name."""
FOLDER = Path("content/understanding")
SEEN = 3
"""A feature that fewer messages or spans hold is not learned."""
SEEN_CATEGORY = 2
"""Of reports there are fewer."""
STRENGTH, CATEGORY_STRENGTH, NAME_STRENGTH = 20.0, 5.0, 0.1
"""How far the weights may go to meet the messages (C), by cross-validation on them, never by those held out."""
SETTLED = {"tol": 1e-6, "max_iter": 10_000}
"""When there is no more to learn."""
SWAPS = 8
"""How often each message with a name is shown with the names of others, so that contexts are learned, not names."""
TELLING = 0.1
"""What weighs less says nothing and is not written down."""
Weights = dict[str, list[float]]
"""Of each feature; "" is what they begin with."""
Spans = list[tuple[list[str], bool]]
"""What could be a name: its features, and whether it is one."""
one_thread = threadpool_limits.wrap(limits=1)
"""On more, sums are taken in another order, and their last digits hang on the machine."""


@one_thread
def fit(labelled: list[dict[str, Any]]) -> Weights:
    """Each row: how rare the feature is, and what it weighs for each intent, times that."""
    rarity = TfidfVectorizer(analyzer=_features, min_df=SEEN)
    inputs = rarity.fit_transform(row["text"] for row in labelled)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", **SETTLED)
    model.fit(inputs, [INTENTS.index(row["intent"]) for row in labelled])
    columns = np.vstack([rarity.idf_, model.coef_ * rarity.idf_])
    return {"": [0.0, *model.intercept_.tolist()]} | _by_feature(rarity, columns)


def _features(text: str) -> list[str]:
    plain = read(text).text
    return sorted(features(plain, concepts(plain)))


@one_thread
def fit_names(labelled: list[dict[str, Any]]) -> Weights:
    """Each row: what the feature of a span weighs for its being a name, against other spans and against none at all."""
    told = [(row["text"], row["merchant"]) for row in labelled]
    messages = [_spans(text, name) for text, name in (*told, *_swapped(told))]
    held = CountVectorizer(analyzer=sorted, min_df=SEEN)
    inputs = held.fit_transform([[], *(["", *found] for found, _ in chain(*messages))])
    better, worse = zip(*_contests(messages), strict=True)
    wins = inputs[better, :] - inputs[worse, :]
    model = LogisticRegression(C=NAME_STRENGTH, fit_intercept=False, **SETTLED)
    model.fit(vstack([wins, -wins]), np.repeat([1, 0], len(better)))
    return _by_feature(held, model.coef_)


def _spans(text: str, name: str) -> Spans:
    folded = fold(text)
    found = candidates(folded, addresses.spans(folded))
    return [(one.features, text[slice(*whole(folded, one.span))] == name) for one in found]


def _swapped(told: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The messages with a name, each with names of others in its place."""
    chance = random.Random(1)
    named = [(text, name) for text, name in told if name]
    for text, name in named:
        for _, other in chance.sample(named, min(SWAPS, len(named))):
            yield text.replace(name, other), other


def _contests(messages: list[Spans]) -> Iterator[tuple[int, int]]:
    """Which span is to be taken rather than which, by their numbers in all messages, 0 being none at all."""
    first = 1
    for spans in messages:
        names = [number for number, (_, is_name) in enumerate(spans, first) if is_name]
        others = [number for number, (_, is_name) in enumerate(spans, first) if not is_name]
        yield from product(names, [0, *others]) if names else product([0], others)
        first += len(spans)


@one_thread
def fit_category(reports: list[dict[str, Any]]) -> Weights:
    """Each row: how rare the feature is, and what it weighs for each category, times that."""
    rarity = TfidfVectorizer(analyzer=_category_features, min_df=SEEN_CATEGORY)
    inputs = rarity.fit_transform(row["text"] for row in reports)
    model = LogisticRegression(C=CATEGORY_STRENGTH, class_weight="balanced", **SETTLED)
    model.fit(inputs, [CODES.index(row["category"]) for row in reports])
    columns = np.vstack([rarity.idf_, model.coef_ * rarity.idf_])
    return {"": [0.0, *model.intercept_.tolist()]} | _by_feature(rarity, columns)


def _category_features(text: str) -> list[str]:
    plain = read(text).text
    edible, other = matter(plain)
    return sorted(category.features(plain, concepts(plain), edible=edible, other=other))


def _by_feature(vectorizer: CountVectorizer, columns: np.ndarray) -> Weights:
    return dict(zip(vectorizer.get_feature_names_out(), columns.T.tolist(), strict=True))


def write(path: Path, weights: Weights) -> None:
    """One feature a line, so that a change can be read."""
    rounded = sorted((feature, [round(weight, 2) for weight in row]) for feature, row in weights.items())
    lines = [
        f"{json.dumps(feature, ensure_ascii=False)}: {row}"
        for feature, row in rounded
        if max(map(abs, row)) >= TELLING or not feature
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{path}: {len(lines)} weights")


def main() -> None:
    labelled = rows(OPEN) + rows(OWN)
    write(FOLDER / "weights.json", fit(labelled))
    reports = [row for row in labelled + rows(FACTS) if row.get("intent", "report") == "report" and row.get("category")]
    write(FOLDER / "category_weights.json", fit_category(reports))
    write(FOLDER / "merchant_weights.json", fit_names(labelled))


if __name__ == "__main__":
    main()
