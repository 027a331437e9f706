"""Reports and complaints, the identities behind them, and their statutory deadlines."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from operator import itemgetter
from typing import Any

from storage.engine.database import Row, Tx
from storage.engine.times import moment, stamp
from storage.submissions import identity as identities
from storage.submissions import tally
from storage.submissions.deadline import NEVER
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
    fresh: bool = False
    asked_at: datetime | None = None
    decided_by: str = ""
    confirmed_at: datetime | None = None
    disputed_at: datetime | None = None
    rating: int = 0
    rated_at: datetime | None = None
    alarmed_at: datetime | None = None
    stage_on: str | None = None
    proposal: str = ""
    ground: str = ""
    outcome: str = ""
    order_number: str = ""
    order_state: str = ""
    link: str = ""


def _moment(stamped: str | None) -> datetime | None:
    return moment(stamped) if stamped else None


def _reasons(written: str) -> tuple[str, ...]:
    return () if written == "[]" else tuple(json.loads(written))


_MARKED = ("received", "created", "updated", "asked", "confirmed", "disputed", "rated", "alarmed")
_MOMENTS = tuple(f"{what}_at" for what in _MARKED)
_READ: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(_MOMENTS, _moment),
    **dict.fromkeys(("named", "food", "unread", "fresh"), bool),
    "kind": Kind,
    "reasons": _reasons,
}
"""Columns that are stored in another form."""
_COLUMNS = tuple(column.name for column in fields(Submission))
_OF_ROW = itemgetter(*_COLUMNS)
OPEN = ("triage", "registered", "assigned", "accepted", "verifying", "proposed", "case", "disputed")
"""The stages in which something is left to do."""
LATEST = 20
"""Of one person's own no more are looked through."""


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
    next_due: str = NEVER
    link: str = ""


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
        "open": int(draft.stage in OPEN),
        "reasons": json.dumps(draft.reasons, ensure_ascii=False),
    }
    blank = {"unit": "", "assignee": "", "external_number": "", "external_at": "", "joined": "", "version": 1}
    times = {"created_at": tx.stamp, "updated_at": tx.stamp}
    row = tx.insert("submission", id=id, number=number, **times, **values, **blank)
    tally.move(tx, {}, {"stage": draft.stage})
    identities.add(tx, id, identity)
    return Submission(**_read({name: row[name] for name in _COLUMNS if name in row}))


def of_row(row: Row) -> Submission:
    return Submission(**_read(dict(zip(_COLUMNS, _OF_ROW(row), strict=True))))


def _read(values: Row) -> Row:
    """Columns as `Submission` has them."""
    for name in values.keys() & _READ.keys():
        values[name] = _READ[name](values[name])
    return values


def find(tx: Tx, number: str) -> Submission | None:
    row = tx.one("select * from submission where number = :number", number=number)
    return of_row(row) if row else None


def get(tx: Tx, number: str) -> Submission:
    found = find(tx, number)
    if found is None:
        raise LookupError(number)
    return found


def of_sender(tx: Tx, sender: str, *, number: str = "", limit: int = LATEST) -> list[Submission]:
    """One person's own submissions, newest first."""
    only = "and s.number = :number " if number else ""
    rows = tx.all(
        "select s.*, i.submission, i.openid "  # noqa: S608 - values are bound
        "from submission s join identity i on i.submission = s.id "
        f"where i.sender = :sender {only}order by i.submission desc limit :limit",
        sender=identities.own(tx, sender),
        number=number,
        limit=limit,
    )
    for row in rows:
        identities.confirm(tx, row, sender)
    return [of_row(row) for row in rows]


def change(tx: Tx, before: Submission, **values: str | int | None) -> Submission:
    """Compare-and-set on `version`; raises Conflict when somebody else was first."""
    closes = {"open": int(values["stage"] in OPEN)} if "stage" in values else {}
    tx.change("submission", before.id, before.version, before.number, **values, **closes)
    tally.move(tx, {name: getattr(before, name) for name in tally.KEPT}, values)
    return get(tx, before.number)


def mark(tx: Tx, id: str, **values: str | int | None) -> None:
    """Set what no form of staff is made from, so that `version` stays and nobody's typing is refused for it."""
    if values.keys() & {*tally.KEPT}:
        tally.move(tx, tx.one("select stage, unit, rating from submission where id = :id", id=id) or {}, values)
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
    given = {int(rating): n for rating, n in tally.of(tx, "rating").items()}
    count = sum(given.values())
    return count, sum(rating * n for rating, n in given.items()) / count if count else 0.0


def by_stage(tx: Tx) -> dict[str, int]:
    return {stage: n for stage, n in tally.of(tx, "stage").items() if n}


def units(tx: Tx) -> list[str]:
    """The units that submissions were ever assigned to."""
    return list(tally.of(tx, "unit"))


def number_of(tx: Tx, id: str) -> str:
    """The public number of a submission; '' when there is none."""
    return str(tx.value("select number from submission where id = :id", id=id) or "")


def rows(tx: Tx, columns: Sequence[str]) -> Iterator[Row]:
    """These columns of all submissions, as `Submission` has them, oldest first and without holding them in memory."""
    sql = f"select {', '.join(columns)} from submission order by id"  # noqa: S608 - names are ours
    return (_read(dict(zip(columns, row, strict=True))) for row in tx.stream(sql))


def every(tx: Tx) -> Iterator[Submission]:
    """All submissions, oldest first, without holding them in memory."""
    return (Submission(**values) for values in rows(tx, _COLUMNS))
