"""The unfinished talk of a person: which topic, and the answers so far."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from storage.engine.database import Row, Tx
from storage.engine.times import moment, stamp

COLUMNS = ("sender", "topic", "answers", "openid", "started_at", "updated_at", "rests_at")


@dataclass(frozen=True)
class Talk:
    """An unfinished guided conversation; the answers so far, under the names of their steps."""

    topic: str
    answers: dict[str, str] = field(repr=False)
    started_at: datetime
    updated_at: datetime
    openid: str = field(repr=False, default="")
    rests: bool = False
    """Whether its citizen has left it: it is kept, but the next message is no answer to its question."""


def own(tx: Tx, sender: str) -> str:
    """What this table calls somebody."""
    return tx.vault.digest(sender, "talk")


def made(tx: Tx, row: Row) -> Talk:
    """Of a row with these COLUMNS."""
    mine = row["sender"]
    return Talk(
        row["topic"],
        json.loads(tx.vault.open(row["answers"], "talk.answers", mine)),
        moment(row["started_at"]),
        moment(row["updated_at"]),
        tx.vault.open(row["openid"], "talk.openid", mine) if row["openid"] else "",
        bool(row["rests_at"]),
    )


def save(tx: Tx, sender: str, topic: str, answers: dict[str, str], *, openid: str = "") -> None:
    """Keep the answers; a talk that rested is under way again. `openid` is whom to remind of it."""
    mine = own(tx, sender)
    tx.put(
        "insert into talk (sender, topic, answers, openid, started_at, updated_at) "
        "values (:sender, :topic, :answers, :openid, :at, :at) on conflict (sender) "
        "do update set topic = excluded.topic, answers = excluded.answers, openid = excluded.openid, "
        "updated_at = excluded.updated_at, rests_at = null, reminded_at = null",
        sender=mine,
        topic=topic,
        answers=tx.vault.seal(json.dumps(answers, ensure_ascii=False), "talk.answers", mine),
        openid=tx.vault.seal(openid, "talk.openid", mine) if openid else None,
        at=tx.stamp,
    )


def rest(tx: Tx, sender: str) -> None:
    """Leave the talk where it is."""
    tx.run("update talk set rests_at = :at where sender = :sender", at=tx.stamp, sender=own(tx, sender))


def end(tx: Tx, sender: str) -> None:
    tx.run("delete from talk where sender = :sender", sender=own(tx, sender))


def take_unreminded(tx: Tx, before: datetime, most: int) -> list[Talk]:
    """Those left since before that moment of which nobody was reminded; from now on they count as reminded."""
    rows = tx.all(
        "select * from talk where updated_at < :before and reminded_at is null and openid is not null "
        "order by updated_at limit :most",
        before=stamp(before),
        most=most,
    )
    for row in rows:
        tx.run("update talk set reminded_at = :at where sender = :sender", at=tx.stamp, sender=row["sender"])
    return [made(tx, row) for row in rows]


def erase_stale(tx: Tx, before: datetime) -> int:
    return tx.run("delete from talk where updated_at < :before", before=stamp(before))
