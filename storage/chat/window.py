"""What may be written to whom of our own accord: windows that a person opens, each for some messages and some time.

A ledger of what the platform counts. Erased on unfollow.
"""

from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import stamp


def _own(tx: Tx, sender: str) -> str:
    return tx.vault.digest(sender, "contact_window")


def open_window(tx: Tx, sender: str, cause: str, *, messages: int, closes_at: datetime) -> None:
    """Open a window, or open it anew: a later one of the same cause takes the place of the earlier."""
    own = _own(tx, sender)
    values = {"remaining": messages, "closes_at": stamp(closes_at)}
    tx.upsert("contact_window", "sender", "cause", sender=own, cause=cause, **values)


def usable(tx: Tx, sender: str) -> str | None:
    """The cause of the window to use next, the one that closes soonest; None when all are closed or used up."""
    cause = tx.value(
        "select cause from contact_window where sender = :sender and remaining > 0 and closes_at > :now "
        "order by closes_at limit 1",
        sender=_own(tx, sender),
        now=tx.stamp,
    )
    return str(cause) if cause else None


def use(tx: Tx, sender: str) -> None:
    """One message was sent."""
    tx.run(
        "update contact_window set remaining = remaining - 1 where sender = :sender and cause = :cause",
        sender=_own(tx, sender),
        cause=usable(tx, sender),
    )


def close(tx: Tx, sender: str) -> None:
    """Forget every window of this person: they left, or the platform says that none is open."""
    tx.run("delete from contact_window where sender = :sender", sender=_own(tx, sender))


def forget_closed(tx: Tx, before: datetime, most: int) -> int:
    """Those that closed first."""
    return tx.run(
        "delete from contact_window where (sender, cause) in (select sender, cause from contact_window "
        "where closes_at <= :before order by closes_at limit :most)",
        before=stamp(before),
        most=most,
    )
