"""Pictures, voice and video that citizens sent: first awaited from the platform, then stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

from storage.engine.database import Row, Tx
from storage.engine.times import moment, stamp
from storage.submissions import among


@dataclass(frozen=True)
class Evidence:
    """A picture, voice note or video that a citizen sent; `state` is awaited, stored or lost."""

    id: str
    submission: str | None
    kind: str
    media: str
    state: str
    arrived_at: datetime
    sha256: str
    bytes: int
    mime: str
    error: str


class Stored(NamedTuple):
    """A file that is here, and no more of it than may be told."""

    submission: str
    sha256: str
    kind: str
    bytes: int


_COLUMNS = tuple(column.name for column in fields(Evidence))


def _evidence(row: Row) -> Evidence:
    values = {name: row[name] for name in _COLUMNS}
    values["arrived_at"] = moment(row["arrived_at"])
    for name, empty in (("sha256", ""), ("bytes", 0), ("mime", ""), ("error", "")):
        values[name] = values[name] or empty
    return Evidence(**values)


def own(tx: Tx, sender: str) -> str:
    """What this table calls somebody."""
    return tx.vault.digest(sender, "evidence")


def await_media(tx: Tx, *, sender: str, kind: str, media: str, submission: str | None) -> str:
    """Note that a file arrived; the courier fetches it. Returns the evidence id."""
    id = tx.new_id()
    tx.insert(
        "evidence",
        id=id,
        submission=submission,
        sender=own(tx, sender),
        kind=kind,
        media=media,
        state="awaited",
        arrived_at=tx.stamp,
    )
    return id


def loose(tx: Tx, sender: str, since: datetime) -> list[Evidence]:
    """What this person sent since then that belongs to no submission yet."""
    rows = tx.all(
        "select * from evidence where sender = :sender and submission is null and arrived_at >= :since "
        "order by arrived_at, id",
        sender=own(tx, sender),
        since=stamp(since),
    )
    return [_evidence(row) for row in rows]


def join(tx: Tx, sender: str, submission: str, since: datetime) -> int:
    """Hand this person's loose evidence to a submission; returns how many."""
    return tx.run(
        "update evidence set submission = :submission "
        "where sender = :sender and submission is null and arrived_at >= :since",
        submission=submission,
        sender=own(tx, sender),
        since=stamp(since),
    )


def stored(tx: Tx, id: str, *, sha256: str, size: int, mime: str) -> None:
    tx.run(
        "update evidence set state = 'stored', sha256 = :sha256, bytes = :size, mime = :mime, error = null "
        "where id = :id",
        sha256=sha256,
        size=size,
        mime=mime,
        id=id,
    )


def lost(tx: Tx, id: str, error: str) -> None:
    """The platform no longer has it: staff see that something was sent, and why it is not here."""
    tx.run("update evidence set state = 'lost', error = :error where id = :id", error=error, id=id)


def get(tx: Tx, id: str) -> Evidence | None:
    row = tx.one("select * from evidence where id = :id", id=id)
    return _evidence(row) if row else None


def of(tx: Tx, submission: str) -> list[Evidence]:
    return of_each(tx, [submission]).get(submission, [])


def of_each(tx: Tx, submissions: Iterable[str]) -> dict[str, list[Evidence]]:
    """The evidence of each submission that has any, in the order in which it arrived."""
    found: dict[str, list[Evidence]] = {}
    for row in among.rows(tx, "select * from evidence", submissions, "order by arrived_at, id"):
        found.setdefault(row["submission"], []).append(_evidence(row))
    return found


def along(tx: Tx) -> Callable[[str], list[Stored]]:
    """The stored files of submissions that are asked for in the order of their ids, as they arrived."""
    sql = (
        "select submission, sha256, kind, bytes from evidence where submission is not null and state = 'stored' "
        "order by submission, arrived_at, id"
    )
    return among.along(tx.stream(sql), Stored)


def counts(tx: Tx, submissions: Iterable[str]) -> dict[str, int]:
    """How much each submission has that has any."""
    sql = "select submission, count(*) as n from evidence"
    return {row["submission"]: int(row["n"]) for row in among.rows(tx, sql, submissions, "group by submission")}


def forget_loose_of(tx: Tx, sender: str) -> None:
    tx.run("delete from evidence where submission is null and sender = :sender", sender=own(tx, sender))


def is_referred_to(tx: Tx, sha256: str) -> bool:
    """Whether evidence, a picture or a cover needs the stored file."""
    return bool(
        tx.one(
            "select 1 as found where exists (select 1 from evidence where sha256 = :sha256) "
            "or exists (select 1 from picture where sha256 = :sha256) "
            "or exists (select 1 from article where cover = :sha256)",
            sha256=sha256,
        )
    )


def forget_loose(tx: Tx, before: datetime, most: int) -> int:
    """Erase what belongs to no submission and arrived before then, the oldest first."""
    return tx.run(
        "delete from evidence where id in (select id from evidence "
        "where submission is null and arrived_at < :before order by arrived_at limit :most)",
        before=stamp(before),
        most=most,
    )
