"""The grounds on which the orders let an office decline, end or not file, of ``grounds.toml``, loaded once."""

from pathlib import Path
from typing import Annotated, Literal, get_args

from msgspec import Meta

from content import tables
from content.tables import Sourced, Table, Text

Move = Literal["decline", "terminate", "file", "not_file"]


class Ground(Sourced, frozen=True, kw_only=True):
    """One of the grounds of a `move`; an `other` one must be put into words."""

    code: Annotated[str, Meta(pattern=r"\A\d+(\.\d+)?\Z", description="条号，或条号、点、项号，如 16.3")]
    move: Move
    text: Text
    other: bool = False


class _File(Table, frozen=True):
    ground: tuple[Ground, ...]

    def __post_init__(self) -> None:
        tables.check_once("理由代码", (one.code for one in self.ground))
        tables.check_all("理由，move =", get_args(Move), (one.move for one in self.ground))


def load(path: Path) -> dict[str, Ground]:
    """By code; raises ContentError."""
    return {one.code: one for one in tables.load(path, _File).ground}


GROUNDS = load(Path(__file__).with_name("grounds.toml"))


def of(move: Move) -> dict[str, str]:
    """What may be chosen: code -> text."""
    return {code: f"{code}　{one.text}" for code, one in GROUNDS.items() if one.move == move}
