"""Administrative penalties (行政处罚) as they were decided."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from storage.engine.database import Row, Tx
from storage.registers import imports
from storage.registers.imports import OF_PARTY, Values


@dataclass(frozen=True)
class Penalty:
    """A decision on an administrative penalty (行政处罚决定), in the columns of double publicity (双公示).

    Amounts are decimal texts in 10,000 yuan, days ISO dates; '' where the file says nothing.
    """

    id: str
    name: str
    party_kind: str
    code: str
    document: str
    violation: str
    facts: str
    basis: str
    category: str
    content: str
    fine: str
    confiscated: str
    permit: str
    decided_on: str
    valid_until: str
    disclosed_until: str
    authority: str
    authority_code: str
    source: str
    source_code: str
    note: str
    restored: bool
    restored_on: str
    revoked_on: str
    acted_on: str


NAMES = tuple(field.name for field in fields(Penalty))


def _penalty(row: Row) -> Penalty:
    values = {name: row[name] for name in NAMES}
    return Penalty(**(values | {"restored": bool(row["restored"])}))


_BRACKETS = dict.fromkeys(map(ord, "([{（［｛【﹝﹙「"), "〔") | dict.fromkeys(map(ord, ")]}）］｝】﹞﹚」"), "〕")
_DIGITS = {ord(wide): plain for wide, plain in zip("０１２３４５６７８９", "0123456789", strict=True)}
_SPELLING = _BRACKETS | _DIGITS


def identity(values: Values) -> str:
    """The document number (文号), in whatever brackets, width and spacing it is written."""
    return "".join(str(values["document"]).translate(_SPELLING).split())


def put(tx: Tx, values: Values) -> bool:
    """Store a penalty under its document number, spelled as it first came; whether anything changed."""
    own = identity(values)
    known = tx.one("select document from penalty where identity = :own", own=own)
    return imports.put(tx, "penalty", own, {**values, **(known or {})})[1]


def of(tx: Tx, name: str, code: str) -> list[Penalty]:
    """All there are of one party, newest first: what may be shown of them is the caller's to decide."""
    rows = tx.all(f"select * from penalty where {OF_PARTY} order by decided_on desc, id desc", name=name, code=code)  # noqa: S608
    return [_penalty(row) for row in rows]


def every(tx: Tx) -> Iterator[Penalty]:
    """All of them, the oldest decision first, without holding them in memory."""
    return _streamed(tx, "order by decided_on, id")


def by_party(tx: Tx, since: date, until: date) -> Iterator[Penalty]:
    """Those decided from `since` to `until`, each party's together: by its code, or, without one, by its name."""
    within = "where decided_on between :since and :until"
    order = "order by code, case code when '' then name else '' end, decided_on, id"
    return _streamed(tx, f"{within} {order}", since=since.isoformat(), until=until.isoformat())


def _streamed(tx: Tx, which: str, **values: str) -> Iterator[Penalty]:
    rows = tx.stream(f"select {', '.join(NAMES)} from penalty {which}", **values)  # noqa: S608 - names are ours
    return (_penalty(dict(zip(NAMES, row, strict=True))) for row in rows)
