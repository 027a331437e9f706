"""The figures of ``hints.toml``, loaded once."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from content import tables
from content.tables import Table, Text

_Number = Annotated[int, Meta(ge=1, le=1000)]


class Hints(Table, frozen=True):
    """From how many submissions of one person in `days`, or users of one telephone, staff are told; and the `basis`."""

    basis: Text
    many: _Number
    days: _Number
    shared_phone: _Number


def load(path: Path) -> Hints:
    """The figures; raises ContentError."""
    return tables.load(path, Hints)


HINTS = load(Path(__file__).with_name("hints.toml"))
