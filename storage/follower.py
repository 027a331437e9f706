"""Who follows the account, and the talks that are not finished. Both are erased on unfollow."""

import json
from dataclasses import dataclass
from datetime import datetime

from storage.database import Tx
from storage.times import moment, stamp


@dataclass(frozen=True)
class Talk:
    """An unfinished guided conversation; the answers so far, under the names of their steps."""

    topic: str
    answers: dict[str, str]
    started_at: datetime
    updated_at: datetime


def sender_of(tx: Tx, openid: str) -> str:
    """The digest under which everything of one person is found."""
    return tx.vault.digest(openid, "openid")


def follow(tx: Tx, openid: str) -> None:
    tx.run(
        "insert into follower (sender, openid, followed_at) values (:sender, :openid, :at) "
        "on conflict (sender) do update set followed_at = excluded.followed_at",
        sender=sender_of(tx, openid),
        openid=tx.vault.seal(openid, "openid"),
        at=tx.stamp,
    )


def erase(tx: Tx, sender: str) -> None:
    """Forget the profile and any unfinished talk, as the platform asks on unsubscribe."""
    tx.run("delete from follower where sender = :sender", sender=sender)
    end_talk(tx, sender)


def count(tx: Tx) -> int:
    return int(tx.value("select count(*) from follower"))


def talk(tx: Tx, sender: str) -> Talk | None:
    row = tx.one("select topic, answers, started_at, updated_at from talk where sender = :sender", sender=sender)
    if row is None:
        return None
    answers = json.loads(tx.vault.open(row["answers"], "talk"))
    return Talk(row["topic"], answers, moment(row["started_at"]), moment(row["updated_at"]))


def save_talk(tx: Tx, sender: str, topic: str, answers: dict[str, str]) -> None:
    tx.run(
        "insert into talk (sender, topic, answers, started_at, updated_at) "
        "values (:sender, :topic, :answers, :at, :at) on conflict (sender) "
        "do update set topic = excluded.topic, answers = excluded.answers, updated_at = excluded.updated_at",
        sender=sender,
        topic=topic,
        answers=tx.vault.seal(json.dumps(answers, ensure_ascii=False), "talk"),
        at=tx.stamp,
    )


def end_talk(tx: Tx, sender: str) -> None:
    tx.run("delete from talk where sender = :sender", sender=sender)


def erase_stale_talks(tx: Tx, before: datetime) -> int:
    return tx.run("delete from talk where updated_at < :before", before=stamp(before))
