"""Every message as it came, under the key that makes a repeat of it harmless."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.engine.database import Row, Tx
from storage.engine.sealing import UNBOUND
from storage.engine.times import day_of, stamp

BODY, REPLY = "inbox.body", "inbox.reply"
DAY = timedelta(days=1)
SLOWED = "slowed"
"""The error of a message that waits its turn."""
PACED, PACE = timedelta(minutes=1), 300
"""Of what time the messages of one person are counted, and how far."""

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


def lately(tx: Tx, sender: str) -> dict[str, str | int]:
    """The values of a question about the messages of somebody that came lately."""
    return {
        "today": _own(tx, sender, tx.now),
        "yesterday": _own(tx, sender, tx.now - DAY),
        "since": stamp(tx.now - PACED),
        "now": tx.stamp,
        "most": PACE,
    }


def made(tx: Tx, row: Row) -> Kept:
    """Of a row with `id` and `reply`."""
    return Kept(row["id"], tx.vault.open(row["reply"], REPLY, row["id"]).encode() if row["reply"] else None)


def keep(tx: Tx, *, dedupe: str, sender: str, body: str, answer: bytes, error: str = "", apart: bool = False) -> str:
    """Store a message as it came and what was answered; returns the row's id.

    With an `error` it was not handled, and is tried again. `apart`: nothing may lead back from it to its sender, so
    that only its repeat is known, and the answer.
    """
    id = tx.new_id()
    tx.insert(
        "inbox",
        id=id,
        dedupe=dedupe,
        sender="" if apart else _own(tx, sender, tx.now),
        received_at=tx.stamp,
        body=tx.vault.seal("" if apart else body, BODY, id),
        state="failed" if error else "handled",
        reply=tx.vault.seal(answer.decode(), REPLY, id),
        error=error or None,
        attempts=1 if error else 0,
    )
    return id


def set_apart(tx: Tx, id: str) -> None:
    """Empty a message that was kept and is one that nothing may lead back from to whoever sent it."""
    tx.run("update inbox set sender = '', body = :empty where id = :id", empty=tx.vault.seal("", BODY, id), id=id)


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
