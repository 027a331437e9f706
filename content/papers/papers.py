"""Which papers there are, what each asks for and how they are numbered: ``papers.toml``, loaded once."""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, field

from content import tables
from content.tables import Name, Table, Word

Kind = Literal["report", "complaint"]
Step = Literal[
    "accept",
    "decline",
    "terminate",
    "refer",
    "verify",
    "propose",
    "file_case",
    "decline_case",
    "ask_to_extend",
    "extend",
]
"""The moves of a submission that papers tell of."""
Pattern = Annotated[
    str,
    Meta(
        pattern=r"\A(?=.*\{short\})(?=.*\{series\})(?=.*\{year\})(?=.*\{n\})(?:[^{}]|\{(?:short|series|year|n)\})+\Z",
        description="带有 {short}、{series}、{year}、{n} 四处的一行文字",
    ),
]


class Ask(Table, frozen=True):
    """Something staff type into a paper."""

    name: Name
    label: Word
    required: bool = False
    long: bool = False


class Paper(Table, frozen=True, kw_only=True):
    """A paper, worded in the text of its `code`; `needs` one of the steps to have been taken, or '' for none."""

    code: Name
    title: Word
    series: Word
    kinds: Annotated[frozenset[Kind], Meta(min_length=1, description="方括号里至少一个 report 或 complaint")]
    needs: Step | Literal[""] = ""
    asks: tuple[Ask, ...] = field(default=(), name="ask")


class Papers(Table, frozen=True):
    """The papers, and their numbers by the `pattern`: what the office is called there, and `units` of their own."""

    pattern: Pattern
    short: Word
    units: dict[Word, Word]
    paper: tuple[Paper, ...]

    def __post_init__(self) -> None:
        tables.check_once("文书代码", (one.code for one in self.paper))
        for one in self.paper:
            tables.check_once(f"“{one.code}”里的项目", (ask.name for ask in one.asks))

    def series_of(self, paper: Paper, unit: str) -> tuple[str, str]:
        """Short name and series by which a paper of that unit is counted."""
        return self.units.get(unit, self.short), paper.series

    def number(self, short: str, series: str, year: int, n: int) -> str:
        return self.pattern.format(short=short, series=series, year=year, n=n)


def load(path: Path) -> Papers:
    """Raises ContentError."""
    return tables.load(path, Papers)


PAPERS = load(Path(__file__).with_name("papers.toml"))
BY_CODE = {one.code: one for one in PAPERS.paper}
