"""What must go to the platform, or be fetched from it, written in the transaction that caused it.

A row is claimed by a conditional update with a lease, so that a dead worker's rows come back.
States: waiting, sending (leased), sent, held (no way to the person is open now), failed (visible to staff).
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from storage.database import Row, Tx
from storage.records import Parcel
from storage.times import moment, stamp

LEASE = timedelta(seconds=15)


def put(
    tx: Tx,
    kind: str,
    subject: str,
    *,
    openid: str = "",
    payload: Mapping[str, str] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Queue one parcel. The same `subject` again replaces what is still waiting, and nothing else."""
    tx.run(
        "insert into outbox (id, kind, subject, recipient, addressee, payload, state, attempts, due_at, created_at) "
        "values (:id, :kind, :subject, :recipient, :addressee, :payload, 'waiting', 0, :due, :at) "
        "on conflict (subject) do update set payload = excluded.payload, due_at = excluded.due_at "
        "where outbox.state = 'waiting'",
        id=tx.new_id(),
        kind=kind,
        subject=subject,
        recipient=tx.vault.digest(openid, "openid") if openid else None,
        addressee=tx.vault.seal(openid, "openid") if openid else None,
        payload=tx.vault.seal(json.dumps(dict(payload or {}), ensure_ascii=False), "payload"),
        due=stamp(due_at or tx.now),
        at=tx.stamp,
    )


def _parcel(tx: Tx, row: Row, *, interrupted: bool) -> Parcel:
    return Parcel(
        id=row["id"],
        kind=row["kind"],
        subject=row["subject"],
        addressee=tx.vault.open(row["addressee"], "openid") if row["addressee"] else "",
        payload=json.loads(tx.vault.open(row["payload"], "payload")),
        attempts=int(row["attempts"]),
        interrupted=interrupted,
        created_at=moment(row["created_at"]),
    )


def claim(tx: Tx, kind: str) -> Parcel | None:
    """Lease the parcel of this kind that is due longest; `interrupted` when a lease ran out on it."""
    row = tx.one(
        "select * from outbox where kind = :kind and ((state = 'waiting' and due_at <= :now) "
        "or (state = 'sending' and leased_until <= :now)) order by due_at, id limit 1",
        kind=kind,
        now=tx.stamp,
    )
    if row is None:
        return None
    renew(tx, row["id"])
    return _parcel(tx, row, interrupted=row["state"] == "sending")


def renew(tx: Tx, id: str) -> None:
    """Lease, or lengthen the lease: before every call to the platform, which takes less than a lease."""
    tx.run(
        "update outbox set state = 'sending', leased_until = :until where id = :id",
        until=stamp(tx.now + LEASE),
        id=id,
    )


def sent(tx: Tx, id: str) -> None:
    tx.run("update outbox set state = 'sent', sent_at = :at, error = null where id = :id", at=tx.stamp, id=id)


def again(tx: Tx, id: str, *, due_at: datetime, error: str, counts: bool = True) -> None:
    """Try later; `error` is shown to staff."""
    tx.run(
        "update outbox set state = 'waiting', due_at = :due, error = :error, attempts = attempts + :one where id = :id",
        due=stamp(due_at),
        error=error,
        one=int(counts),
        id=id,
    )


def hold(tx: Tx, id: str, error: str) -> None:
    """No way to the person is open: it goes into the next answer they get."""
    tx.run("update outbox set state = 'held', error = :error where id = :id", error=error, id=id)


def fail(tx: Tx, id: str, error: str) -> None:
    tx.run("update outbox set state = 'failed', error = :error where id = :id", error=error, id=id)


def drop(tx: Tx, subject: str) -> None:
    """Take back what is still waiting."""
    tx.run("delete from outbox where subject = :subject and state = 'waiting'", subject=subject)


def withdraw(tx: Tx, prefix: str) -> None:
    """Take back what has not been sent under subjects that begin so; what is on its way now is not tried again."""
    tx.run("delete from outbox where state in ('waiting', 'sending', 'held') and subject like :like", like=f"{prefix}%")


def drop_for(tx: Tx, recipient: str, prefix: str) -> None:
    """Take back what still waits for this person under subjects that begin so."""
    tx.run(
        "delete from outbox where recipient = :r and state = 'waiting' and subject like :like",
        r=recipient,
        like=f"{prefix}%",
    )


def take_held(tx: Tx, recipient: str) -> list[Parcel]:
    """The notices that wait for this person's next message; they count as sent with the answer."""
    rows = tx.all(
        "select * from outbox where recipient = :r and state = 'held' and kind = 'notice' order by created_at, id",
        r=recipient,
    )
    for row in rows:
        sent(tx, row["id"])
    return [_parcel(tx, row, interrupted=False) for row in rows]


def waiting_like(tx: Tx, recipient: str, prefix: str) -> str | None:
    """The subject of a parcel that waits for this person and begins so."""
    subject = tx.value(
        "select subject from outbox where recipient = :r and state = 'waiting' and subject like :like limit 1",
        r=recipient,
        like=f"{prefix}%",
    )
    return str(subject) if subject else None


def about(tx: Tx, prefix: str) -> list[Row]:
    """The parcels whose subject begins so, oldest first. No addressee in them."""
    return tx.all(
        "select subject, state, error, created_at, sent_at from outbox "
        "where subject like :like order by created_at, id",
        like=f"{prefix}%",
    )


def troubles(tx: Tx, limit: int = 50) -> list[Row]:
    """What staff should look at: held and failed parcels, and those tried in vain. No addressee in them."""
    return tx.all(
        "select kind, subject, state, attempts, error, created_at, due_at from outbox "
        "where state in ('held', 'failed') or (state = 'waiting' and attempts > 0) order by created_at desc limit :n",
        n=limit,
    )


def forget(tx: Tx, before: datetime) -> int:
    """Erase what was sent before then."""
    return tx.run("delete from outbox where state = 'sent' and sent_at < :before", before=stamp(before))


def counts(tx: Tx) -> dict[tuple[str, str], int]:
    rows = tx.all("select kind, state, count(*) as n from outbox group by kind, state")
    return {(row["kind"], row["state"]): int(row["n"]) for row in rows}
