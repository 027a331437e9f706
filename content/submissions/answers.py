"""What staff begin an answer with, by stage, of ``answers.toml``, loaded once."""

from pathlib import Path
from string import Formatter
from typing import Literal

from content import tables
from content.tables import Name, Table, Text, Word

FACTS = ("number", "shop")
"""What a text may name in braces."""


class Answer(Table, frozen=True, kw_only=True):
    """A text for a `move`, offered in the `stages`; in every stage when there are none."""

    label: Word
    move: Literal["answer", "ask", "note"]
    text: Text
    stages: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        tables.check_known(f"“{self.label}”的 text 里", _named(self.text), FACTS)

    def render(self, *, number: str, shop: str) -> str:
        """The text for one submission; a shop without a name is 这家店."""
        return self.text.format(number=number, shop=shop or "这家店")


def _named(text: str) -> list[str]:
    """What stands in braces; raises ValueError for a brace that is left open."""
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        raise ValueError(f"“{text[:20]}”里的花括号没有成对，请改正。") from None


class _File(Table, frozen=True):
    answer: tuple[Answer, ...]

    def __post_init__(self) -> None:
        tables.check_once("名称", (one.label for one in self.answer))


def load(path: Path) -> tuple[Answer, ...]:
    """In the order of the file; raises ContentError."""
    return tables.load(path, _File).answer


ANSWERS = load(Path(__file__).with_name("answers.toml"))


def of(stage: str) -> list[Answer]:
    """What is offered in a stage."""
    return [one for one in ANSWERS if not one.stages or stage in one.stages]
