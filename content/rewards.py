"""The dated reward rules of ``rewards.toml``, loaded once."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Level:
    """A grade of a report: `percent` of what was confiscated and fined, never less than `floor` yuan."""

    code: str
    label: str
    percent: Decimal
    floor: Decimal
    when: str


@dataclass(frozen=True)
class Period:
    """So many days of a unit (workday or day)."""

    days: int
    unit: str
    sure: bool

    @property
    def text(self) -> str:
        """``暂按15个工作日``."""
        return f"{'' if self.sure else '暂按'}{self.days}{'个工作日' if self.unit == 'workday' else '日'}"


@dataclass(frozen=True)
class RewardRule:
    """What holds for reports received from `since` on. Amounts are yuan."""

    since: date
    basis: str
    cap: Decimal
    consult: Decimal
    notice: Period
    claim: Period
    levels: dict[str, Level]
    checked: date
    sure: bool


def _level(row: dict[str, Any]) -> Level:
    return Level(row["code"], row["label"], Decimal(row["percent"]), Decimal(row["floor_yuan"]), row["when"])


def _rule(row: dict[str, Any]) -> RewardRule:
    return RewardRule(
        since=row["from"],
        basis=row["basis"],
        cap=Decimal(row["cap_yuan"]),
        consult=Decimal(row["consult_yuan"]),
        notice=Period(**row["notice"]),
        claim=Period(**row["claim"]),
        levels={level["code"]: _level(level) for level in row["level"]},
        checked=row["checked"],
        sure=row["sure"],
    )


_FILE = files("content").joinpath("rewards.toml").read_text(encoding="utf-8")
RULES = tuple(
    sorted((_rule(row) for row in tomllib.loads(_FILE, parse_float=Decimal)["rule"]), key=lambda rule: rule.since)
)


def rule(received: date) -> RewardRule:
    """The rule for a report received on that day; the oldest one for any day before it."""
    return next((rule for rule in reversed(RULES) if rule.since <= received), RULES[0])
