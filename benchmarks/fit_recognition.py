"""Learn from labelled messages how much each feature speaks for each intent, for danger, and for a span's being a name.

Logistic regression; the same messages give the same weights. Writes content/understanding/*weights.json, one feature a
line, in the form that handlers/understanding/classifier.py, danger.py, category.py, edges.py and merchants.py read.

    python -m benchmarks.fit_recognition            learn from tests/recognition/*.jsonl and names.txt, but neither
                                                    from held_out.jsonl nor from fresh.jsonl
    python -m benchmarks.fit_recognition --check    how danger in each fifth of them is judged after learning from the
                                                    others: what is false and missed from which probability on

After messages were added run it twice: what is rare in a name is what the weights.json of before does not hold.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from benchmarks.fit_names import Told, Weights, fit_names
from benchmarks.recognition import dangerous, is_report, report_danger, rows
from content.submissions.categories import CODES
from content.understanding.recognition import INTENTS
from handlers.understanding import category, danger
from handlers.understanding.classifier import concepts, features
from handlers.understanding.danger import Level
from handlers.understanding.normal import gist, read
from handlers.understanding.recognition import matter

OPEN, OWN = Path("tests/recognition/open.jsonl"), Path("tests/recognition/own.jsonl")
"""Messages as they may come, and further ones written for what was often mistaken."""
REMARKS = Path("tests/recognition/remarks.jsonl")
"""What is said in a talk, with what was `asked`; `danger` is the number to be called, "" for an ordinary remark."""
FACTS = Path("tests/recognition/facts.jsonl")
"""Reports and messages with names that teach nothing but their category and their name."""
NAMES = Path("tests/recognition/names.txt")
"""Further names of businesses, one a line: what a name looks like, told apart from what stands around it."""
FOLDER = Path("content/understanding")
SEEN = 3
"""A feature that fewer messages or spans hold is not learned."""
SEEN_CATEGORY = 2
"""Of reports there are fewer."""
STRENGTH, DANGER_STRENGTH, CATEGORY_STRENGTH = 20.0, 10.0, 5.0
"""How far the weights may go to meet the messages (C), by cross-validation on them, never by those held out."""
SETTLED = {"tol": 1e-6, "max_iter": 10_000}
"""When there is no more to learn."""
FOLDS, THRESHOLDS = 5, (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
"""Into how many parts what was labelled is divided, and which probabilities are tried, for --check."""
REMARK_COUNTS = 2.0
"""How much more a remark counts than a message: there are fewer, and more of them come."""
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
    plain = gist(read(text)).text
    return sorted(features(plain, concepts(plain)))


@one_thread
def fit_danger(labelled: list[dict[str, Any]]) -> Weights:
    """Each row: how rare the feature is, and what it weighs for danger, times that."""
    rarity = TfidfVectorizer(analyzer=_danger_features, min_df=SEEN)
    inputs = rarity.fit_transform(labelled)
    model = LogisticRegression(C=DANGER_STRENGTH, class_weight="balanced", **SETTLED)
    counts = [REMARK_COUNTS if "asked" in row else 1.0 for row in labelled]
    model.fit(inputs, [dangerous(row) for row in labelled], sample_weight=counts)
    columns = np.vstack([rarity.idf_, model.coef_ * rarity.idf_])
    return {"": [0.0, *model.intercept_.tolist()]} | _by_feature(rarity, columns)


def _danger_features(row: dict[str, Any]) -> list[str]:
    return sorted(danger.features(*danger.heard(read(row["text"]).text), row.get("asked", "")))


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
    plain = gist(read(text)).text
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


def check_danger(labelled: list[dict[str, Any]]) -> None:
    """Cross-validation: thresholds are chosen by it, never by what is held out."""
    judged = []
    for part in range(FOLDS):
        weights = fit_danger([row for i, row in enumerate(labelled) if i % FOLDS != part])
        judged += [(row, *_judged(row, weights)) for row in labelled[part::FOLDS]]
    for name, asked in (("remarks", True), ("messages", False)):
        chosen = [one for one in judged if ("asked" in one[0]) == asked]
        print(name)
        report_danger((dangerous(row), level) for row, level, _ in chosen)
        for threshold in THRESHOLDS:
            false = [share >= threshold for row, _, share in chosen if not dangerous(row)]
            missed = [share < threshold for row, _, share in chosen if dangerous(row)]
            print(f"from {threshold:.2f}: false {np.mean(false):.1%}, missed {np.mean(missed):.1%}")


def _judged(row: dict[str, Any], weights: Weights) -> tuple[Level, float]:
    plain = read(row["text"]).text
    found = danger.assess(plain, row.get("asked", ""), weights)
    return found.level, danger.probability(weights, _danger_features(row))


def main() -> None:
    labelled = rows(OPEN) + rows(OWN)
    if sys.argv[1:] == ["--check"]:
        return check_danger(labelled + rows(REMARKS))
    write(FOLDER / "weights.json", fit(labelled))
    write(FOLDER / "danger_weights.json", fit_danger(labelled + rows(REMARKS)))
    labelled += rows(FACTS)
    write(FOLDER / "category_weights.json", fit_category([row for row in labelled if is_report(row)]))
    told = [Told(row["text"], row["merchant"]) for row in labelled]
    edge_weights, merchant_weights = one_thread(fit_names)(told, NAMES.read_text(encoding="utf-8").split())
    write(FOLDER / "edge_weights.json", edge_weights)
    write(FOLDER / "merchant_weights.json", merchant_weights, TELLING_SPAN)


if __name__ == "__main__":
    main()
