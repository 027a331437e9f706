"""Which columns the files of registers have, and what stands in for what they leave out (``imports.toml``)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from content import tables
from content.tables import Table, Word, Words

NAMES = {
    "merchants": "name code kind address township status",
    "penalties": "name party_kind code document violation facts basis category content fine confiscated permit"
    " decided_on valid_until disclosed_until authority authority_code source source_code note restored"
    " restored_on revoked_on acted_on",
    "listings": "name code decided_on reason decided_by listed_until removed_on",
    "calendar": "day works holiday",
} | dict.fromkeys(
    ("orders12315", "orders12345"),
    "number received matter shop place told demand person phone home due",
)
"""The registers and their columns."""
HOLDS = {
    "code": "code",
    "fine": "amount",
    "confiscated": "amount",
    "restored": "flag",
    "day": "date",
    "works": "works",
    "received": "moment",
    "matter": "matter",
    "due": "date",
} | dict.fromkeys(
    (
        "decided_on",
        "valid_until",
        "disclosed_until",
        "restored_on",
        "revoked_on",
        "acted_on",
        "listed_until",
        "removed_on",
    ),
    "date",
)
"""Column -> what stands in it, read by ``handlers.registers.importing.READ``; text in all others."""
NEEDED = frozenset({"name", "document", "decided_on", "day", "works", "number", "received", "matter", "told"})
"""Without these a row is nothing."""


class Column(Table, frozen=True):
    """A column of an import: `names` it may bear, and whether column and value must be there."""

    names: Words
    column: bool = False
    value: bool = False

    def __post_init__(self) -> None:
        if self.value and not self.column:
            raise ValueError("写了 value = true（每行必须填），也要写 column = true（表头必须有）。")


def _register(name: str) -> type[Struct]:
    columns = [(column, Column) for column in NAMES[name].split()]
    return msgspec.defstruct(name, columns, bases=(Table,), frozen=True, namespace={"__post_init__": _check})


def _check(register: Any) -> None:
    columns: dict[str, Column] = msgspec.structs.asdict(register)
    tables.check_once("表头", (name.lower() for column in columns.values() for name in column.names))
    for name in NEEDED & columns.keys():
        if not columns[name].value:
            raise ValueError(f"的 {name} 每行都要有，请写 column = true, value = true。")


_Columns = msgspec.defstruct("_Columns", [(name, _register(name)) for name in NAMES], bases=(Table,), frozen=True)


class Imports(Table, frozen=True):
    """The kinds of businesses by the first two signs of their code, years on the list, words in cells, columns."""

    kinds: dict[Annotated[str, Meta(pattern=r"\A[0-9A-Z]{2}\Z")], Word]
    listing_years: Annotated[int, Meta(ge=1, le=20)]
    none: Words
    endless: Words
    remarks: Words
    columns: _Columns  # type: ignore[valid-type]


def load(path: Path) -> Imports:
    """The table; raises ContentError."""
    return tables.load(path, Imports)


_IMPORTS = load(Path(__file__).with_name("imports.toml"))
KINDS = _IMPORTS.kinds
LISTING_YEARS = _IMPORTS.listing_years
NONE, ENDLESS = frozenset(_IMPORTS.none), frozenset(_IMPORTS.endless)
REMARKS = _IMPORTS.remarks
COLUMNS: Mapping[str, Mapping[str, Column]] = {
    name: msgspec.structs.asdict(columns) for name, columns in msgspec.structs.asdict(_IMPORTS.columns).items()
}
