"""The urgency rules of ``urgency.toml``, loaded once."""

from pathlib import Path
from typing import Literal

from content import tables
from content.tables import Table, Text, Words


class Rule(Table, frozen=True):
    """`level` 2 is danger now, 1 is soon; any of `words` in a text triggers it. `now`: it goes on at this moment."""

    level: Literal[1, 2]
    reason: Text
    words: Words
    now: bool = False


class _File(Table, frozen=True):
    rule: tuple[Rule, ...]

    def __post_init__(self) -> None:
        tables.check_once("词语", (word for rule in self.rule for word in rule.words))


def load(path: Path) -> tuple[Rule, ...]:
    """The rules; raises ContentError."""
    return tables.load(path, _File).rule


RULES = load(Path(__file__).with_name("urgency.toml"))
