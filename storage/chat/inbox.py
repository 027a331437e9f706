"""Every message as it came, under the key that makes a repeat of it harmless."""

import base64
from dataclasses import dataclass
from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import stamp


@dataclass(frozen=True)
class Kept:
    """An inbox row: `answer` is the wire body that was answered, None when the handler failed."""

    id: str
    answer: bytes | None


def find(tx: Tx, dedupe: str) -> Kept | None:
    row = tx.one("select id, reply from inbox where dedupe = :dedupe", dedupe=dedupe)
    if row is None:
        return None
    return Kept(row["id"], base64.b64decode(tx.vault.open(row["reply"], "reply")) if row["reply"] else None)


def keep(tx: Tx, *, dedupe: str, sender: str, body: str) -> str:
    """Store a raw message; returns the row's id. It counts as failed until `answered`."""
    id = tx.new_id()
    tx.insert(
        "inbox",
        id=id,
        dedupe=dedupe,
        sender=sender,
        received_at=tx.stamp,
        body=tx.vault.seal(body, "message"),
        state="failed",
    )
    return id


def answered(tx: Tx, id: str, answer: bytes) -> None:
    sealed = tx.vault.seal(base64.b64encode(answer).decode(), "reply")
    tx.run("update inbox set state = 'handled', reply = :reply, error = null where id = :id", reply=sealed, id=id)


def failed(tx: Tx, id: str, error: str, answer: bytes) -> None:
    """Note that handling failed; `answer` is what the sender was told, so that a repeat hears the same."""
    sealed = tx.vault.seal(base64.b64encode(answer).decode(), "reply")
    tx.run(
        "update inbox set error = :error, attempts = attempts + 1, reply = :reply where id = :id",
        error=error,
        reply=sealed,
        id=id,
    )


def failed_again(tx: Tx, id: str, error: str) -> None:
    tx.run("update inbox set error = :error, attempts = attempts + 1 where id = :id", error=error, id=id)


def handled_late(tx: Tx, id: str) -> None:
    """Handled by the sweep; a repeat still hears what was answered first."""
    tx.run("update inbox set state = 'handled', error = null where id = :id", id=id)


def unhandled(tx: Tx, *, attempts_below: int, limit: int = 20) -> list[tuple[str, str]]:
    """Failed messages that may be tried again: (id, raw body), oldest first."""
    rows = tx.all(
        "select id, body from inbox where state = 'failed' and attempts < :attempts order by received_at limit :limit",
        attempts=attempts_below,
        limit=limit,
    )
    return [(row["id"], tx.vault.open(row["body"], "message")) for row in rows]


def pace(tx: Tx, sender: str, *, since: datetime, most: int) -> int:
    """How many messages came from this person since then; counts no further than `most`."""
    return int(
        tx.value(
            "select count(*) from (select 1 from inbox where sender = :sender and received_at >= :since limit :most) m",
            sender=sender,
            since=stamp(since),
            most=most,
        )
    )


def waits(tx: Tx, sender: str, reason: str) -> bool:
    """Whether a message of this person waits for this reason."""
    found = tx.one(
        "select 1 as one from inbox where state = 'failed' and sender = :sender and error = :reason limit 1",
        sender=sender,
        reason=reason,
    )
    return found is not None


def count_failed(tx: Tx) -> int:
    return int(tx.value("select count(*) from inbox where state = 'failed'"))


def forget(tx: Tx, before: datetime, most: int) -> int:
    """Erase handled messages received before, the oldest first; the submissions made of them stay."""
    return tx.run(
        "delete from inbox where id in (select id from inbox "
        "where state = 'handled' and received_at < :before order by received_at limit :most)",
        before=stamp(before),
        most=most,
    )
