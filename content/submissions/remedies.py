"""The other ways to one's right, of ``remedies.toml``, loaded once."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from content import tables
from content.tables import Dated, Table, Text, Word

Kind = Literal["report", "complaint"]
Stage = Literal[
    "concluded", "declined", "not_filed", "referred", "settled", "terminated", "upheld", "withdrawn", "merged"
]
"""The stages in which a submission has come to an end."""


class Remedy(Dated, frozen=True):
    """A way outside this office, told in some stages of some kinds of submission while it is in force."""

    code: Word
    text: Text
    kinds: Annotated[frozenset[Kind], Meta(min_length=1, description="方括号里至少一个 report 或 complaint")]
    stages: Annotated[frozenset[Stage], Meta(min_length=1, description="方括号里至少一个阶段")]


class _File(Table, frozen=True):
    remedy: tuple[Remedy, ...]

    def __post_init__(self) -> None:
        for code in {remedy.code for remedy in self.remedy}:
            tables.check_order(code, (remedy for remedy in self.remedy if remedy.code == code), since=None)


def load(path: Path) -> tuple[Remedy, ...]:
    """All of them; raises ContentError."""
    return tables.load(path, _File).remedy


REMEDIES = load(Path(__file__).with_name("remedies.toml"))


def of(kind: str, stage: str, day: date) -> list[Remedy]:
    """What is told on that day to whoever handed in a submission of this kind when it stands there."""
    return [one for one in tables.in_force(REMEDIES, day) if kind in one.kinds and stage in one.stages]
