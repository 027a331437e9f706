"""The categories of food-safety reports (类别), read once from categories.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from content.errors import ContentError


@dataclass(frozen=True)
class Category:
    """One category; the fields are explained at the head of categories.toml."""

    code: str
    label: str
    hint: str
    weight: int
    colour: str
    motif: str
    words: tuple[str, ...]


def _load(path: Path) -> dict[str, Category]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {code: Category(code=code, **{**row, "words": tuple(row["words"])}) for code, row in tables.items()}


CATEGORIES: dict[str, Category] = _load(Path(__file__).with_name("categories.toml"))


def guess(text: str) -> str | None:
    """The code of the category whose words fill most of the text, or None when no word occurs.

    A word counts once, by its length times the category's weight, so that 罂粟壳 outweighs 外卖.
    """
    best, best_score = None, 0
    for category in CATEGORIES.values():
        score = category.weight * sum(len(word) for word in category.words if word in text)
        if score and score >= best_score:
            best, best_score = category.code, score
    return best


def label(code: str) -> str:
    """The Chinese name of a category; raises ContentError for an unknown code."""
    try:
        return CATEGORIES[code].label
    except KeyError:
        raise ContentError(f"没有“{code}”这个类别。可用的类别代码：{'、'.join(CATEGORIES)}。") from None
