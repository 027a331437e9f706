"""Learn from labelled messages how much each feature speaks for each intent, and for a span's being a name.

Logistic regression; the same messages give the same weights. Writes content/understanding/*weights.json, one feature a
line, in the form that handlers/understanding/classifier.py, edges.py and merchants.py read.

    python -m benchmarks.fit_recognition    learn from tests/recognition/open.jsonl, own.jsonl and facts.jsonl

After messages were added run it twice: what is rare in a name is what the weights.json of before does not hold.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from benchmarks.fit_names import Told, Weights, fit_names
from benchmarks.recognition import rows
from content.submissions.categories import CODES
from content.understanding.recognition import INTENTS
from handlers.understanding import category
from handlers.understanding.classifier import concepts, features
from handlers.understanding.normal import read
from handlers.understanding.recognition import matter

OPEN, OWN = Path("tests/recognition/open.jsonl"), Path("tests/recognition/own.jsonl")
"""Messages as they may come, and further ones written for what was often mistaken."""
FACTS = Path("tests/recognition/facts.jsonl")
"""Reports and messages with names that teach nothing but their category and their name."""
NAMES = Path("tests/recognition/names.txt")
"""Further names of businesses, one a line: what a name looks like, told apart from what stands around it."""
FOLDER = Path("content/understanding")
SEEN = 3
"""A feature that fewer messages or spans hold is not learned."""
SEEN_CATEGORY = 2
"""Of reports there are fewer."""
STRENGTH, CATEGORY_STRENGTH = 20.0, 5.0
"""How far the weights may go to meet the messages (C), by cross-validation on them, never by those held out."""
SETTLED = {"tol": 1e-6, "max_iter": 10_000}
"""When there is no more to learn."""
TELLING, TELLING_SPAN = 0.1, 0.03
"""What weighs less says nothing and is not written down; a span holds more features that each say a little."""
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


def write(path: Path, weights: Weights, telling: float = TELLING) -> None:
    """One feature a line, so that a change can be read."""
    rounded = sorted((feature, [round(weight, 2) for weight in row]) for feature, row in weights.items())
    lines = [
        f"{json.dumps(feature, ensure_ascii=False)}: {row}"
        for feature, row in rounded
        if max(map(abs, row)) >= telling or not feature
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{path}: {len(lines)} weights")


def main() -> None:
    labelled = rows(OPEN) + rows(OWN)
    write(FOLDER / "weights.json", fit(labelled))
    labelled += rows(FACTS)
    reports = [row for row in labelled if row.get("intent", "report") == "report" and row.get("category")]
    write(FOLDER / "category_weights.json", fit_category(reports))
    told = [Told(row["text"], row["merchant"]) for row in labelled]
    edge_weights, merchant_weights = one_thread(fit_names)(told, NAMES.read_text(encoding="utf-8").split())
    write(FOLDER / "edge_weights.json", edge_weights)
    write(FOLDER / "merchant_weights.json", merchant_weights, TELLING_SPAN)


if __name__ == "__main__":
    main()
