"""Reports and complaints, the identities behind them, and their statutory deadlines."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.engine.database import Row, Tx, containing
from storage.engine.paging import Page, page
from storage.engine.times import moment, stamp
from storage.submissions import identity as identities
from storage.submissions.identity import Identity


class Kind(StrEnum):
    """What a citizen hands in; 投诉 asks for a remedy for oneself, 举报 for action (Order 121, Art. 3)."""

    REPORT = "report"
    COMPLAINT = "complaint"


@dataclass(frozen=True)
class Submission:
    """One report or complaint; `number` is public, `id` is inside. Who handed it in is not in here."""

    id: str
    number: str
    kind: Kind
    stage: str
    category: str
    merchant: str
    address: str
    latitude: str
    longitude: str
    happened: str
    description: str
    demand: str
    source: str
    named: bool
    received_at: datetime
    created_at: datetime
    updated_at: datetime
    version: int
    urgency: int
    reasons: tuple[str, ...]
    unit: str
    assignee: str
    external_number: str
    external_at: str
    product: str
    online: str
    township: str
    outside: str
    food: bool
    business: str
    sibling: str
    joined: str
    unread: bool = False
    asked_at: datetime | None = None
    decided_by: str = ""
    confirmed_at: datetime | None = None
    disputed_at: datetime | None = None
    rating: int = 0
    rated_at: datetime | None = None


MOMENTS = ("received_at", "created_at", "updated_at", "asked_at", "confirmed_at", "disputed_at", "rated_at")
OPEN_ORDER = "urgency desc, next_due, received_at, id"
NEWEST_FIRST = "created_at desc, id desc"


@dataclass(frozen=True)
class Draft:
    """A submission about to be stored."""

    kind: Kind
    stage: str
    category: str
    received_at: datetime
    merchant: str = ""
    address: str = ""
    latitude: str = ""
    longitude: str = ""
    happened: str = ""
    description: str = ""
    demand: str = ""
    source: str = "wechat"
    named: bool = False
    urgency: int = 0
    reasons: tuple[str, ...] = ()
    product: str = ""
    online: str = ""
    township: str = ""
    outside: str = ""
    food: bool = True
    business: str = ""
    sibling: str = ""


def _next_number(tx: Tx, day: date) -> str:
    last = tx.one(
        "insert into daily_number (day, last) values (:day, 1) "
        "on conflict (day) do update set last = daily_number.last + 1 returning last",
        day=day.isoformat(),
    )
    assert last is not None
    return f"SA{day:%Y%m%d}-{last['last']:04d}"


def add(tx: Tx, draft: Draft, *, identity: Identity, day: date) -> Submission:
    """Store a submission with its identity; `day` is today at the site, for the number."""
    id, number = tx.new_id(), _next_number(tx, day)
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    values |= {
        "received_at": stamp(draft.received_at),
        "named": int(draft.named),
        "food": int(draft.food),
        "reasons": json.dumps(draft.reasons, ensure_ascii=False),
    }
    blank = {"unit": "", "assignee": "", "external_number": "", "external_at": "", "joined": "", "version": 1}
    tx.insert("submission", id=id, number=number, created_at=tx.stamp, updated_at=tx.stamp, **values, **blank)
    identities.add(tx, id, identity)
    return get(tx, number)


def _submission(row: Row) -> Submission:
    values = {field.name: row[field.name] for field in fields(Submission)}
    values |= {name: moment(row[name]) if row[name] else None for name in MOMENTS}
    values |= {
        "kind": Kind(row["kind"]),
        "named": bool(row["named"]),
        "food": bool(row["food"]),
        "unread": bool(row["unread"]),
        "reasons": tuple(json.loads(row["reasons"])),
    }
    return Submission(**values)


def find(tx: Tx, number: str) -> Submission | None:
    row = tx.one("select * from submission where number = :number", number=number)
    return _submission(row) if row else None


def get(tx: Tx, number: str) -> Submission:
    found = find(tx, number)
    if found is None:
        raise LookupError(number)
    return found


def of_sender(tx: Tx, sender: str, *, number: str = "", limit: int = 20) -> list[Submission]:
    """One person's own submissions, newest first."""
    rows = tx.all(
        "select s.*, i.submission, i.openid from submission s join identity i on i.submission = s.id "
        "where i.sender = :sender and (:number = '' or s.number = :number) "
        "order by s.created_at desc, s.id desc limit :limit",
        sender=identities.own(tx, sender),
        number=number,
        limit=limit,
    )
    for row in rows:
        identities.confirm(tx, row, sender)
    return [_submission(row) for row in rows]


def change(tx: Tx, before: Submission, **values: str | int | None) -> Submission:
    """Compare-and-set on `version`; raises Conflict when somebody else was first."""
    tx.change("submission", before.id, before.version, before.number, **values)
    return get(tx, before.number)


def mark(tx: Tx, id: str, **values: str | int | None) -> None:
    """Set what no form of staff is made from, so that `version` stays and nobody's typing is refused for it."""
    assignments = ", ".join(f"{column} = :{column}" for column in values)
    tx.run(f"update submission set {assignments} where id = :id", id=id, **values)  # noqa: S608 - names are ours


def unread_again(tx: Tx, id: str) -> None:
    """Mark what staff have opened already as added to; one that nobody has opened yet is new as a whole."""
    tx.run(
        "update submission set unread = 1 where id = :id and exists "
        "(select 1 from audit where audit.subject = submission.number and audit.action = 'open')",
        id=id,
    )


def raise_urgency(tx: Tx, id: str, level: int, reasons: Sequence[str]) -> None:
    mark(tx, id, urgency=level, reasons=json.dumps(list(dict.fromkeys(reasons)), ensure_ascii=False))


def ratings(tx: Tx) -> tuple[int, float]:
    """How many were rated, and their average (1 to 5; 0.0 without any)."""
    row = tx.one("select count(*) as n, avg(rating) as average from submission where rating > 0") or {}
    return int(row["n"]), float(row["average"] or 0)


@dataclass(frozen=True)
class Filter:
    """What to list; empty fields do not filter."""

    kind: str = ""
    stage: str = ""
    category: str = ""
    merchant: str = ""
    assignee: str = ""
    unit: str = ""
    urgent: bool = False
    unread: bool = False
    open_stages: tuple[str, ...] = ()
    text: str = ""
    received_from: str = ""
    received_to: str = ""


def _where(chosen: Filter) -> tuple[str, dict[str, Any]]:
    equal = {name: getattr(chosen, name) for name in ("kind", "stage", "category", "merchant", "assignee", "unit")}
    values: dict[str, Any] = {name: value for name, value in equal.items() if value}
    parts = [f"{name} = :{name}" for name in values]
    if chosen.urgent:
        parts.append("urgency > 0")
    if chosen.unread:
        parts.append("unread > 0")
    if chosen.open_stages:
        values |= {f"open{i}": stage for i, stage in enumerate(chosen.open_stages)}
        parts.append(f"stage in ({', '.join(f':open{i}' for i in range(len(chosen.open_stages)))})")
    if chosen.text:
        values["text"] = containing(chosen.text)
        columns = ("number", "merchant", "address", "description", "external_number")
        parts.append("(" + " or ".join(f"{column} like :text escape '\\'" for column in columns) + ")")
    for name, operator in (("received_from", ">="), ("received_to", "<")):
        if getattr(chosen, name):
            values[name] = getattr(chosen, name)
            parts.append(f"received_at {operator} :{name}")
    return (" where " + " and ".join(parts) if parts else ""), values


def search(tx: Tx, chosen: Filter, *, order: str = NEWEST_FIRST, after: str = "", limit: int = 50) -> Page[Submission]:
    """Those that the filter chooses; the order is one of the two above."""
    where, values = _where(chosen)
    due = "select min(due_on) from deadline d where d.submission = submission.id and d.state = 'open'"
    sql = f"select *, coalesce(({due}), '9999') as next_due from submission{where}"  # noqa: S608 - values are bound
    return page(tx, sql, order, _submission, after=after, limit=limit, **values)


def count(tx: Tx, chosen: Filter) -> int:
    where, values = _where(chosen)
    return int(tx.value(f"select count(*) from submission{where}", **values))  # noqa: S608


def by_stage(tx: Tx) -> dict[str, int]:
    return {row["stage"]: row["n"] for row in tx.all("select stage, count(*) as n from submission group by stage")}


def units(tx: Tx) -> list[str]:
    """The units that submissions were ever assigned to."""
    return [row["unit"] for row in tx.all("select distinct unit from submission where unit <> '' order by unit")]


def number_of(tx: Tx, id: str) -> str:
    """The public number of a submission; '' when there is none."""
    return str(tx.value("select number from submission where id = :id", id=id) or "")


def every(tx: Tx, page: int = 500) -> Iterator[Submission]:
    """All submissions, oldest number first, without holding them in memory."""
    after = ""
    while rows := tx.all("select * from submission where id > :after order by id limit :n", after=after, n=page):
        yield from (_submission(row) for row in rows)
        after = rows[-1]["id"]
