"""Penalties (行政处罚) and the list of serious violations (严重违法失信名单)."""

from dataclasses import fields

from storage import register
from storage.database import Row, Tx
from storage.records import Listing, Penalty
from storage.register import Values

OF_PARTY = "((:code <> '' and code = :code) or (code = '' and name = :name))"
"""By code; a decision without one by the name, which callers leave empty where several bear it."""


def _penalty(row: Row) -> Penalty:
    values = {field.name: row[field.name] for field in fields(Penalty)}
    return Penalty(**(values | {"restored": bool(row["restored"])}))


def _listing(row: Row) -> Listing:
    return Listing(**{field.name: row[field.name] for field in fields(Listing)})


def put_penalty(tx: Tx, values: Values) -> bool:
    """Store a penalty under its document number (文号); whether anything changed."""
    return register.put(tx, "penalty", str(values["document"]), values)[1]


def put_listing(tx: Tx, values: Values) -> bool:
    """Store an entry of the list under its party and day; whether anything changed."""
    return register.put(tx, "listing", listing_identity(values), values)[1]


def listing_identity(values: Values) -> str:
    return f"{values.get('code') or values['name']}@{values['decided_on']}"


def penalties_of(tx: Tx, name: str, code: str) -> list[Penalty]:
    """All there are of one party, newest first: what may be shown of them is the caller's to decide."""
    rows = tx.all(f"select * from penalty where {OF_PARTY} order by decided_on desc, id desc", name=name, code=code)  # noqa: S608
    return [_penalty(row) for row in rows]


def listings_of(tx: Tx, name: str, code: str) -> list[Listing]:
    """All entries of one party, newest first: what may be shown of them is the caller's to decide."""
    rows = tx.all(f"select * from listing where {OF_PARTY} order by decided_on desc, id desc", name=name, code=code)  # noqa: S608
    return [_listing(row) for row in rows]
