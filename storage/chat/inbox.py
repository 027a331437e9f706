"""Every message as it came, under the key that makes a repeat of it harmless."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.engine.database import Tx
from storage.engine.sealing import UNBOUND
from storage.engine.times import day_of, stamp

BODY, REPLY = "inbox.body", "inbox.reply"
DAY = timedelta(days=1)

ATTEMPTS = 5
"""How often a message is tried whose handling fails."""


@dataclass(frozen=True)
class Kept:
    """An inbox row: `answer` is the wire body that was answered, None when the handler failed."""

    id: str
    answer: bytes | None


def _own(tx: Tx, sender: str, at: datetime) -> str:
    """What this table calls somebody on a day, in UTC: messages of different days do not tell that they are theirs."""
    return tx.vault.digest(f"{sender}:{stamp(day_of(at))}", "inbox")


def _lately(tx: Tx, sender: str) -> dict[str, str]:
    return {"today": _own(tx, sender, tx.now), "yesterday": _own(tx, sender, tx.now - DAY)}


def find(tx: Tx, dedupe: str) -> Kept | None:
    row = tx.one("select id, reply from inbox where dedupe = :dedupe", dedupe=dedupe)
    if row is None:
        return None
    return Kept(row["id"], tx.vault.open(row["reply"], REPLY, row["id"]).encode() if row["reply"] else None)


def keep(tx: Tx, *, dedupe: str, sender: str, body: str) -> str:
    """Store a raw message; returns the row's id. It counts as failed until `answered`."""
    id = tx.new_id()
    tx.insert(
        "inbox",
        id=id,
        dedupe=dedupe,
        sender=_own(tx, sender, tx.now),
        received_at=tx.stamp,
        body=tx.vault.seal(body, BODY, id),
        state="failed",
    )
    return id


def answered(tx: Tx, id: str, answer: bytes) -> None:
    sealed = tx.vault.seal(answer.decode(), REPLY, id)
    tx.run("update inbox set state = 'handled', reply = :reply, error = null where id = :id", reply=sealed, id=id)


def set_apart(tx: Tx, id: str) -> None:
    """Empty a message that nothing may lead back from to whoever sent it: only its repeat is known, and the answer."""
    tx.run("update inbox set sender = '', body = :empty where id = :id", empty=tx.vault.seal("", BODY, id), id=id)


def failed(tx: Tx, id: str, error: str, answer: bytes) -> None:
    """Note that handling failed; `answer` is what the sender was told, so that a repeat hears the same."""
    sealed = tx.vault.seal(answer.decode(), REPLY, id)
    tx.run(
        "update inbox set error = :error, attempts = attempts + 1, reply = :reply where id = :id",
        error=error,
        reply=sealed,
        id=id,
    )


def failed_again(tx: Tx, id: str, error: str) -> bool:
    """Note that handling failed once more; True when it is given up with that."""
    tx.run("update inbox set error = :error, attempts = attempts + 1 where id = :id", error=error, id=id)
    return int(tx.value("select attempts from inbox where id = :id", id=id)) >= ATTEMPTS


def handled_late(tx: Tx, id: str) -> None:
    """Handled by the sweep; a repeat still hears what was answered first."""
    tx.run("update inbox set state = 'handled', error = null where id = :id", id=id)


def unhandled(tx: Tx, *, limit: int = 20) -> list[tuple[str, str]]:
    """Failed messages that may be tried again: (id, raw body), those tried least first."""
    rows = tx.all(
        "select id, body from inbox where state = 'failed' and attempts < :attempts "
        "order by attempts, received_at limit :limit",
        attempts=ATTEMPTS,
        limit=limit,
    )
    return [(row["id"], tx.vault.open(row["body"], BODY, row["id"])) for row in rows]


def pace(tx: Tx, sender: str, *, since: datetime, most: int) -> int:
    """How many messages came from this person since then; counts no further than `most`."""
    return int(
        tx.value(
            "select count(*) from (select 1 from inbox where sender in (:today, :yesterday) "
            "and received_at between :since and :now limit :most) m",
            **_lately(tx, sender),
            since=stamp(since),
            now=tx.stamp,
            most=most,
        )
    )


def waits(tx: Tx, sender: str, reason: str) -> bool:
    """Whether a message of this person waits for this reason."""
    found = tx.one(
        "select 1 as one from inbox where state = 'failed' and sender in (:today, :yesterday) and error = :reason "
        "limit 1",
        **_lately(tx, sender),
        reason=reason,
    )
    return found is not None


def opens(tx: Tx) -> bool:
    """Whether the oldest message was sealed under this key; raises StorageError when it was not."""
    row = tx.one("select id, body from inbox where body <> '' order by id limit 1")
    if row and row["body"].startswith(UNBOUND):
        tx.vault.open_unbound(row["body"], "message")
    elif row:
        tx.vault.open(row["body"], BODY, row["id"])
    return True


def given_up(tx: Tx) -> list[tuple[str, str]]:
    """Messages that are not tried again: (when each came, why it failed), the newest first. No words in them."""
    rows = tx.all(
        "select received_at, error from inbox where state = 'failed' and attempts = :attempts "
        "order by received_at desc",
        attempts=ATTEMPTS,
    )
    return [(row["received_at"], row["error"]) for row in rows]


def count_failed(tx: Tx) -> int:
    return int(tx.value("select count(*) from inbox where state = 'failed'"))


def forget(tx: Tx, before: datetime, most: int) -> int:
    """Erase messages received before, the oldest first; the submissions made of them stay."""
    return tx.run(
        "delete from inbox where id in (select id from inbox where received_at < :before "
        "order by received_at limit :most)",
        before=stamp(before),
        most=most,
    )
