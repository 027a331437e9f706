"""The unfinished talk of a person: which topic, and the answers so far."""

import json
from dataclasses import dataclass
from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import moment, stamp


@dataclass(frozen=True)
class Talk:
    """An unfinished guided conversation; the answers so far, under the names of their steps."""

    topic: str
    answers: dict[str, str]
    started_at: datetime
    updated_at: datetime


def _own(tx: Tx, sender: str) -> str:
    return tx.vault.digest(sender, "talk")


def of(tx: Tx, sender: str) -> Talk | None:
    own = _own(tx, sender)
    row = tx.one("select topic, answers, started_at, updated_at from talk where sender = :sender", sender=own)
    if row is None:
        return None
    answers = json.loads(tx.vault.open(row["answers"], "talk.answers", own))
    return Talk(row["topic"], answers, moment(row["started_at"]), moment(row["updated_at"]))


def save(tx: Tx, sender: str, topic: str, answers: dict[str, str]) -> None:
    own = _own(tx, sender)
    tx.run(
        "insert into talk (sender, topic, answers, started_at, updated_at) "
        "values (:sender, :topic, :answers, :at, :at) on conflict (sender) "
        "do update set topic = excluded.topic, answers = excluded.answers, updated_at = excluded.updated_at",
        sender=own,
        topic=topic,
        answers=tx.vault.seal(json.dumps(answers, ensure_ascii=False), "talk.answers", own),
        at=tx.stamp,
    )


def end(tx: Tx, sender: str) -> None:
    tx.run("delete from talk where sender = :sender", sender=_own(tx, sender))


def erase_stale(tx: Tx, before: datetime) -> int:
    return tx.run("delete from talk where updated_at < :before", before=stamp(before))
