"""The dated deadline rules of ``deadlines.toml``, loaded once."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True)
class DeadlineRule:
    """`days` of `unit` (workday or day) for submissions received from `since` to `until`, both included."""

    code: str
    label: str
    days: int
    unit: str
    basis: str
    since: date
    until: date
    sure: bool


RULES = tuple(
    DeadlineRule(
        code=rule["code"],
        label=rule["label"],
        days=rule["days"],
        unit=rule["unit"],
        basis=rule["basis"],
        since=rule.get("from", date.min),
        until=rule.get("until", date.max),
        sure=rule["sure"],
    )
    for rule in tomllib.loads(files("content").joinpath("clock/deadlines.toml").read_text(encoding="utf-8"))["rule"]
)
LABELS = {rule.code: rule.label for rule in RULES}
