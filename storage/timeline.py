"""What happened to a submission or an article, in order, for people to read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.engine.database import Tx
from storage.engine.times import moment


@dataclass(frozen=True)
class Entry:
    """A line of a subject's timeline."""

    id: str
    at: datetime
    kind: str
    actor: str
    title: str
    body: str
    public: bool


def add(tx: Tx, subject: str, kind: str, *, actor: str, title: str, body: str = "", public: bool = False) -> None:
    """Kinds: move, note (staff only), said (by the citizen), answer (to the citizen), notice (from us)."""
    tx.insert(
        "timeline",
        id=tx.new_id(),
        subject=subject,
        at=tx.stamp,
        kind=kind,
        actor=actor,
        title=title,
        body=body,
        public=int(public),
    )


def entry(row: dict[str, Any]) -> Entry:
    return Entry(
        id=row["id"],
        at=moment(row["at"]),
        kind=row["kind"],
        actor=row["actor"],
        title=row["title"],
        body=row["body"],
        public=bool(row["public"]),
    )


def of(tx: Tx, subject: str) -> list[Entry]:
    """Oldest first."""
    return [entry(row) for row in tx.all("select * from timeline where subject = :s order by at, id", s=subject)]


def last_spoken(tx: Tx, subject: str) -> datetime | None:
    """When its citizen said something about it last, words or pictures."""
    last = tx.value("select max(at) from timeline where subject = :s and actor = 'citizen'", s=subject)
    return moment(last) if last else None


def latest(tx: Tx, subject: str, kind: str) -> Entry | None:
    row = tx.one(
        "select * from timeline where subject = :s and kind = :kind order by at desc, id desc limit 1",
        s=subject,
        kind=kind,
    )
    return entry(row) if row else None
