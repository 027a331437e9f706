"""The dated deadline rules of ``deadlines.toml``, loaded once."""

from pathlib import Path
from typing import Annotated, Literal, get_args

from msgspec import Meta

from content import tables
from content.tables import Dated, Table, Text

Code = Literal[
    "complaint.accept",
    "complaint.mediate",
    "complaint.end",
    "report.verify",
    "report.case",
    "report.refer",
    "dispute",
    "notice",
    "order.reply",
]
"""The periods that the procedures ask for."""


class DeadlineRule(Dated, frozen=True):
    """`days` of `unit` for periods that start while it is in force.

    With `suspends` it may stand still (testing, recusal); by `extends` days the responsible person may extend it once.
    """

    code: Code
    label: Text
    days: Annotated[int, Meta(ge=1, le=120)]
    unit: Literal["workday", "day"]
    suspends: bool = False
    extends: Annotated[int, Meta(ge=0, le=120)] = 0


class _File(Table, frozen=True):
    rule: tuple[DeadlineRule, ...]

    def __post_init__(self) -> None:
        for code in get_args(Code):
            tables.check_order(code, (rule for rule in self.rule if rule.code == code))


def load(path: Path) -> tuple[DeadlineRule, ...]:
    """The rules, one of each code for any day; raises ContentError."""
    return tables.load(path, _File).rule


RULES = load(Path(__file__).with_name("deadlines.toml"))
LABELS: dict[str, str] = {rule.code: rule.label for rule in RULES}
