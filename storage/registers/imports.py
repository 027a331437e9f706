"""Rows that files bring and bring again: a row is found by its identity, and a repeat changes nothing."""

from collections.abc import Mapping
from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import moment

Values = Mapping[str, str | int]
OF_PARTY = "((:code <> '' and code = :code) or (code = '' and name = :name))"
"""By code; a decision without one by the name, which callers leave empty where several bear it."""


def put(tx: Tx, table: str, identity: str, values: Values) -> tuple[str, bool]:
    """Store a row; returns its id, and whether anything changed. Columns not given keep what they hold."""
    row = tx.one(f"select * from {table} where identity = :identity", identity=identity)  # noqa: S608 - names are ours
    if row is None:
        id = tx.new_id()
        tx.insert(table, id=id, identity=identity, created_at=tx.stamp, updated_at=tx.stamp, **values)
        return id, True
    if all(row[name] == value for name, value in values.items()):
        return row["id"], False
    update(tx, table, row["id"], values)
    return row["id"], True


def update(tx: Tx, table: str, id: str, values: Values) -> None:
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(
        f"update {table} set {assignments}, updated_at = :at where id = :id",  # noqa: S608 - names are ours
        at=tx.stamp,
        id=id,
        **values,
    )


def note_import(tx: Tx, register: str) -> None:
    tx.upsert("register_import", "register", register=register, imported_at=tx.stamp)


def imported(tx: Tx) -> dict[str, datetime]:
    """When each register was last imported; those never imported are missing."""
    return {row["register"]: moment(row["imported_at"]) for row in tx.all("select * from register_import")}
