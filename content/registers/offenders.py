"""The dated rules of ``offenders.toml``: who counts as penalised again and again (屡罚不改). Loaded once."""

from datetime import date
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from content import tables
from content.tables import Dated, Table


class OffenderRule(Dated, frozen=True):
    """So many `decisions` within so many `years`; `warnings` alone count or do not."""

    years: Annotated[int, Meta(ge=1, le=20)]
    decisions: Annotated[int, Meta(ge=2, le=1000)]
    warnings: bool


class _File(Table, frozen=True):
    rule: tuple[OffenderRule, ...]

    def __post_init__(self) -> None:
        tables.check_order("rule", self.rule)


def load(path: Path) -> tuple[OffenderRule, ...]:
    """The rules, one for any day; raises ContentError."""
    return tables.load(path, _File).rule


RULES = load(Path(__file__).with_name("offenders.toml"))


def rule(day: date) -> OffenderRule:
    """The rule in force on a day."""
    return tables.in_force(RULES, day)[0]
