"""Reports and complaints, the identities behind them, and their statutory deadlines."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from storage.database import Row, Tx, containing
from storage.records import Deadline, Identity, Kind, Submission
from storage.times import moment, stamp

MOMENTS = ("received_at", "created_at", "updated_at", "asked_at", "confirmed_at", "disputed_at", "rated_at")
IDENTITY_FIELDS = tuple(field.name for field in fields(Identity))
OPEN_ORDER = "urgency desc, coalesce(due_on, '9999'), received_at, id"
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


def add(tx: Tx, draft: Draft, *, sender: str | None, identity: Identity, day: date) -> Submission:
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
    phone = "".join(letter for letter in identity.phone if letter.isdecimal())
    phone_digest = tx.vault.digest(phone, "phone") if phone else None
    tx.insert("identity", submission=id, sender=sender, phone_digest=phone_digest, **_sealed(tx, identity))
    return get(tx, number)


def _sealed(tx: Tx, identity: Identity) -> dict[str, str | None]:
    values = ((name, getattr(identity, name)) for name in IDENTITY_FIELDS)
    return {name: tx.vault.seal(value, name) if value else None for name, value in values}


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


def identity(tx: Tx, id: str) -> Identity:
    """Opens the identity: callers must have a lawful reason and write an audit row."""
    row = tx.one("select * from identity where submission = :id", id=id) or {}
    return Identity(**{name: tx.vault.open(row[name], name) if row.get(name) else "" for name in IDENTITY_FIELDS})


def mention(tx: Tx, id: str, numbers: Sequence[str]) -> None:
    """Keep numbers that were masked in a text later on with the identity."""
    if numbers:
        mentioned = "\n".join([*filter(None, [identity(tx, id).mentioned]), *numbers])
        sealed = tx.vault.seal(mentioned, "mentioned")
        tx.run("update identity set mentioned = :mentioned where submission = :id", mentioned=sealed, id=id)


def sender(tx: Tx, id: str) -> str | None:
    """The digest of who handed it in; None when staff entered it."""
    value = tx.value("select sender from identity where submission = :id", id=id)
    return str(value) if value else None


def of_sender(tx: Tx, sender: str, *, number: str = "", limit: int = 20) -> list[Submission]:
    """One person's own submissions, newest first."""
    rows = tx.all(
        "select s.* from submission s join identity i on i.submission = s.id "
        "where i.sender = :sender and (:number = '' or s.number = :number) "
        "order by s.created_at desc, s.id desc limit :limit",
        sender=sender,
        number=number,
        limit=limit,
    )
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


def give_name(tx: Tx, id: str, *, name: str, phone: str) -> None:
    """Seal a name given later; from then on it is a named submission. There is no way back."""
    tx.run(
        "update identity set name = :name, phone = :phone where submission = :id",
        name=tx.vault.seal(name, "name"),
        phone=tx.vault.seal(phone, "phone"),
        id=id,
    )
    mark(tx, id, named=1)


def ratings(tx: Tx) -> tuple[int, float]:
    """How many were rated, and their average (1 to 5; 0.0 without any)."""
    row = tx.one("select count(*) as n, avg(rating) as average from submission where rating > 0") or {}
    return int(row["n"]), float(row["average"] or 0)


@dataclass(frozen=True)
class Filter:
    """What to list; empty fields do not filter. `cursor` is that of the page before."""

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
    after: tuple[str, str] | None = None


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
    if chosen.after:
        values["after_at"], values["after_id"] = chosen.after
        parts.append("(created_at < :after_at or (created_at = :after_at and id < :after_id))")
    return (" where " + " and ".join(parts) if parts else ""), values


def search(tx: Tx, chosen: Filter, *, order: str = NEWEST_FIRST, limit: int = 50, offset: int = 0) -> list[Submission]:
    where, values = _where(chosen)
    due = "(select min(due_on) from deadline d where d.submission = submission.id and d.state = 'open') as due_on"
    rows = tx.all(
        f"select *, {due} from submission{where} order by {order} limit :limit offset :offset",  # noqa: S608
        limit=limit,
        offset=offset,
        **values,
    )
    return [_submission(row) for row in rows]


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


def start_deadline(tx: Tx, id: str, *, code: str, due_on: date, basis: str, provisional: bool) -> None:
    tx.insert(
        "deadline",
        id=tx.new_id(),
        submission=id,
        code=code,
        due_on=due_on.isoformat(),
        state="open",
        basis=basis,
        provisional=int(provisional),
    )


def close_deadlines(tx: Tx, id: str, codes: Iterable[str]) -> None:
    """Mark open deadlines as met; ``"*"`` stands for all of them."""
    for code in codes:
        tx.run(
            "update deadline set state = 'met', closed_at = :at "
            "where submission = :id and state = 'open' and (:code = '*' or code = :code)",
            at=tx.stamp,
            id=id,
            code=code,
        )


def _deadline(row: Mapping[str, Any]) -> Deadline:
    return Deadline(row["code"], row["due_on"], row["state"], row["basis"], bool(row["provisional"]))


def deadlines(tx: Tx, id: str) -> list[Deadline]:
    return [
        _deadline(row) for row in tx.all("select * from deadline where submission = :id order by due_on, id", id=id)
    ]


def next_deadlines(tx: Tx, ids: Iterable[str]) -> dict[str, Deadline]:
    """The earliest open deadline of each submission that has one."""
    found = {}
    for id in ids:
        row = tx.one("select * from deadline where submission = :id and state = 'open' order by due_on limit 1", id=id)
        if row:
            found[id] = _deadline(row)
    return found
