"""Where leads come from, and how the numbers of the national platform are written: ``sources.toml``, loaded once."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from content import tables
from content.tables import Dated, Table, Text, Word, Words

Platform = Literal["orders12315", "orders12345"]
"""The registers whose rows are submissions; the national platform, and the citizens' hotline."""


class NumberRule(Dated, frozen=True, kw_only=True):
    """How a number of the national 12315 platform is written while the rule is in force; `text` tells staff."""

    pattern: Word
    text: Text

    def __post_init__(self) -> None:
        super().__post_init__()
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise ValueError(f"pattern 不是正则表达式（{error}），请改正。") from None

    def fits(self, number: str) -> bool:
        return re.fullmatch(self.pattern, number, re.ASCII) is not None


class _File(Table, frozen=True):
    sources: Words
    order_source: dict[Platform, Word]
    number: tuple[NumberRule, ...]

    def __post_init__(self) -> None:
        tables.check_once("来源", self.sources)
        tables.check_all("来源，order_source 里的", ("orders12315", "orders12345"), self.order_source)
        tables.check_order("12315编号", self.number)


def load(path: Path) -> _File:
    """The table; raises ContentError."""
    return tables.load(path, _File)


_SOURCES = load(Path(__file__).with_name("sources.toml"))
SOURCES = _SOURCES.sources
"""What staff may choose as the source of what they enter; they may write another one."""
ORDER_SOURCE: Mapping[str, str] = {str(name): word for name, word in _SOURCES.order_source.items()}
NUMBERS = _SOURCES.number


def number_rule(day: date) -> NumberRule:
    """The rule in force on that day."""
    return tables.in_force(NUMBERS, day)[0]
