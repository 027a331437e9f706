"""The dated reward rules of ``rewards.toml``, loaded once."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, field

from content import tables
from content.tables import Dated, Table, Text, Word

_Yuan = Annotated[int, Meta(ge=1)]
_Days = Annotated[int, Meta(ge=1, le=120)]


class Level(Table, frozen=True):
    """A grade of a report: `percent` of what was confiscated and fined, never less than `floor` yuan."""

    code: Word
    label: Text
    share: Annotated[float, Meta(gt=0, le=100, description="百分比，大于 0，不大于 100")] = field(name="percent")
    floor_yuan: _Yuan
    when: Text

    @property
    def percent(self) -> Decimal:
        return Decimal(f"{self.share:g}")

    @property
    def floor(self) -> Decimal:
        return Decimal(self.floor_yuan)


class Limb(Table, frozen=True):
    """What makes a breach a major one (重大违法)."""

    code: Word
    label: Text


class Period(Table, frozen=True):
    """So many days of a unit."""

    days: _Days
    unit: Literal["workday", "day"]
    sure: bool

    @property
    def text(self) -> str:
        """``暂按15个工作日``."""
        return f"{'' if self.sure else '暂按'}{self.days}{'个工作日' if self.unit == 'workday' else '日'}"


class RewardRule(Dated, frozen=True):
    """What holds for reports received while it is in force."""

    cap_yuan: _Yuan
    consult_yuan: _Yuan
    notice: Period
    claim: Period
    limb: Annotated[tuple[Limb, ...], Meta(min_length=1, description="至少一类重大违法")]
    level: Annotated[tuple[Level, ...], Meta(min_length=1, description="至少一个等级")]

    def __post_init__(self) -> None:
        super().__post_init__()
        tables.check_once("等级代码", (level.code for level in self.level))
        tables.check_once("重大违法代码", (limb.code for limb in self.limb))

    @property
    def cap(self) -> Decimal:
        return Decimal(self.cap_yuan)

    @property
    def consult(self) -> Decimal:
        return Decimal(self.consult_yuan)

    @property
    def limbs(self) -> dict[str, str]:
        return {limb.code: limb.label for limb in self.limb}

    @property
    def levels(self) -> dict[str, Level]:
        return {level.code: level for level in self.level}


class _File(Table, frozen=True):
    rule: tuple[RewardRule, ...]

    def __post_init__(self) -> None:
        tables.check_order("rule", self.rule, since=date.max)


def load(path: Path) -> tuple[RewardRule, ...]:
    """The rules, the oldest first; raises ContentError."""
    return tuple(sorted(tables.load(path, _File).rule, key=lambda rule: rule.since))


RULES = load(Path(__file__).with_name("rewards.toml"))


def rule(received: date) -> RewardRule:
    """The rule for a report received on that day; the oldest one for any day before it."""
    return tables.in_force(RULES, max(received, RULES[0].since))[0]
