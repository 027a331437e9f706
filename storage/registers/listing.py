"""Entries of the list of serious violations (严重违法失信名单)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from storage.engine.database import Row, Tx
from storage.registers import imports
from storage.registers.imports import OF_PARTY, Values


@dataclass(frozen=True)
class Listing:
    """An entry of the list of serious violations (严重违法失信名单, Order 44); days are ISO dates."""

    id: str
    name: str
    code: str
    reason: str
    decided_on: str
    decided_by: str
    listed_until: str
    removed_on: str


NAMES = tuple(field.name for field in fields(Listing))


def _listing(row: Row) -> Listing:
    return Listing(**{name: row[name] for name in NAMES})


def put(tx: Tx, values: Values) -> bool:
    """Store an entry of the list under its party and day; whether anything changed."""
    return imports.put(tx, "listing", identity(values), values)[1]


def identity(values: Values) -> str:
    return f"{values.get('code') or values['name']}@{values['decided_on']}"


def of(tx: Tx, name: str, code: str) -> list[Listing]:
    """All entries of one party, newest first: what may be shown of them is the caller's to decide."""
    rows = tx.all(f"select * from listing where {OF_PARTY} order by decided_on desc, id desc", name=name, code=code)  # noqa: S608
    return [_listing(row) for row in rows]


def every(tx: Tx) -> Iterator[Listing]:
    """All entries, the oldest decision first, without holding them in memory."""
    rows = tx.stream(f"select {', '.join(NAMES)} from listing order by decided_on, id")  # noqa: S608 - names are ours
    return (Listing(*row) for row in rows)
