"""The categories of food-safety reports (类别), read once from categories.toml."""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from content import tables
from content.errors import ContentError
from content.tables import Table, Word

CODES = (
    "online_offline",
    "rural_fake",
    "influencer_food",
    "illegal_additive",
    "fake_additive",
    "health_food_false",
    "other",
)
"""Public: they stand in links, exports and stored submissions. An office may add others."""
Motif = Literal["stall", "parcels", "phone", "flask", "jar", "pills", "plate"]


class Category(Table, frozen=True):
    """One category; the fields are explained at the head of categories.toml."""

    code: Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,31}\Z", description="小写英文字母、数字和下划线")]
    label: Word
    hint: Word
    weight: Annotated[int, Meta(ge=1, le=10)]
    colour: Annotated[str, Meta(pattern=r"\A#[0-9a-f]{6}\Z", description='颜色，如 "#1d5078"，字母小写')]
    motif: Motif
    words: tuple[Word, ...]


def load(path: Path) -> dict[str, Category]:
    """The categories by their codes; raises ContentError."""
    found = tables.load_named(path, Category, "code")
    with tables.checking(path):
        tables.check_all("类别", CODES, found)
        tables.check_once("类别名称", (category.label for category in found.values()))
        tables.check_once("词语", (word for category in found.values() for word in category.words))
    return found


CATEGORIES = load(Path(__file__).with_name("categories.toml"))


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
