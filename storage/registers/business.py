"""Businesses (经营主体) and the keys they are found by."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from storage.engine.database import Row, Tx
from storage.engine.times import moment
from storage.registers import imports
from storage.registers.imports import Values


@dataclass(frozen=True)
class Business:
    """Who sells or makes food (经营主体), as registered; `code` is '' for a stall that has none."""

    id: str
    name: str
    code: str
    kind: str
    address: str
    township: str
    status: str
    updated_at: datetime


PER_KEY = 200
"""How many businesses one key brings at most: a key that more share tells little, and nobody waits for it."""


def _business(row: Row) -> Business:
    values = {field.name: row[field.name] for field in fields(Business)}
    return Business(**(values | {"updated_at": moment(row["updated_at"])}))


def identity(name: str, code: str, township: str) -> str:
    return code or f"{name}@{township}"


def put(tx: Tx, values: Values, spelling: str, keys: Collection[int]) -> bool:
    """Store a business with its keys; whether anything changed. `name` must be given; others keep what they hold."""
    name, code, township = (str(values.get(column, "")) for column in ("name", "code", "township"))
    own = identity(name, code, township)
    before = _known(tx, name, own)
    id, changed = imports.put(tx, "business", own, {**values, "spelling": spelling})
    if before is None or before["spelling"] != spelling:
        if before is not None:
            tx.run("delete from business_key where business = :id", id=id)
        tx.insert_all("business_key", [{"key": key, "business": id} for key in sorted(keys)])
    return changed


def _known(tx: Tx, name: str, own: str) -> Row | None:
    """The row so far. What was known only as the party of a decision becomes the registered business of that name."""
    sql, bare = "select spelling from business where identity = :own", identity(name, "", "")
    take_over = "update business set identity = :own where identity = :bare and kind = '' and address = ''"
    found = tx.one(sql, own=own)
    if found is None and own != bare and tx.run(take_over, own=own, bare=bare):
        found = tx.one(sql, own=own)
    return found


def is_known(tx: Tx, name: str, code: str) -> bool:
    """Whether the party of a decision is in the register: by its code, or, without one, by its name."""
    column, value = ("code", code) if code else ("name", name)
    return tx.one(f"select id from business where {column} = :value limit 1", value=value) is not None  # noqa: S608


def find(tx: Tx, id: str) -> Business | None:
    row = tx.one("select * from business where id = :id", id=id)
    return _business(row) if row else None


def by_code(tx: Tx, code: str) -> list[Business]:
    return [_business(row) for row in tx.all("select * from business where code = :code order by id", code=code)]


def count_named(tx: Tx, name: str) -> int:
    return int(tx.value("select count(*) from business where name = :name", name=name))


def sharing(tx: Tx, keys: Collection[int], limit: int) -> list[Business]:
    """Businesses found by any of these keys, best first: the fewer share a key, the more it says."""
    if not keys:
        return []
    values = {f"key{i}": key for i, key in enumerate(sorted(keys))}
    each = " union all ".join(
        "select business, 1.0 / count(*) over () as weight from "  # noqa: S608 - names are ours
        f"(select business from business_key where key = :{name} limit {PER_KEY}) as of_{name}"
        for name in values
    )
    rows = tx.all(
        "select b.* from business b join (select business, sum(weight) as weight from "  # noqa: S608 - names are ours
        f"({each}) as found group by business order by weight desc, business limit :limit) as best "
        "on best.business = b.id order by best.weight desc, b.id",
        limit=limit,
        **values,
    )
    return [_business(row) for row in rows]


def every(tx: Tx, page: int = 500) -> Iterator[Business]:
    """All businesses, oldest first, without holding them in memory."""
    after = ""
    while rows := tx.all("select * from business where id > :after order by id limit :n", after=after, n=page):
        yield from (_business(row) for row in rows)
        after = rows[-1]["id"]
