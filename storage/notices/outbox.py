"""What must go to the platform, or be fetched from it, written in the transaction that caused it.

A row is claimed by a conditional update with a lease, so that a dead worker's rows come back.
States: waiting, sending (leased), sent, held (no way to the person is open now), failed (visible to staff).
A notice may go several ways; `way` is the one being tried, and at last the one by which it was told.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from storage.engine.database import Row, Tx
from storage.engine.times import moment, stamp


@dataclass(frozen=True)
class Parcel:
    """A row of the outbox under lease: something the courier must bring to the platform, or fetch.

    `way`: being tried, with an outcome that is not known yet. `reminded`: the way of a short notice sent ahead.
    """

    id: str
    kind: str
    subject: str
    addressee: str = field(repr=False)
    payload: Mapping[str, str] = field(repr=False)
    attempts: int
    interrupted: bool
    created_at: datetime
    recipient: str = ""
    way: str = ""
    tried_at: datetime | None = None
    reminded: str = ""
    bounced: tuple[str, ...] = ()
    doubtful: bool = False
    by_day: str = ""


LEASE = timedelta(seconds=15)


def put(
    tx: Tx,
    kind: str,
    subject: str,
    *,
    openid: str = "",
    payload: Mapping[str, str] | None = None,
    due_at: datetime | None = None,
    by: date | None = None,
) -> None:
    """Queue one parcel. The same `subject` again replaces what is still waiting, and nothing else.

    `by`: the day by which the person must know.
    """
    tx.run(
        "insert into outbox (id, kind, subject, recipient, addressee, payload, state, attempts, due_at, by_day, "
        "created_at) values (:id, :kind, :subject, :recipient, :addressee, :payload, 'waiting', 0, :due, :by, :at) "
        "on conflict (subject) do update set payload = excluded.payload, due_at = excluded.due_at "
        "where outbox.state = 'waiting'",
        id=tx.new_id(),
        kind=kind,
        subject=subject,
        recipient=tx.vault.digest(openid, "openid") if openid else None,
        addressee=tx.vault.seal(openid, "openid") if openid else None,
        payload=tx.vault.seal(json.dumps(dict(payload or {}), ensure_ascii=False), "payload"),
        due=stamp(due_at or tx.now),
        by=by.isoformat() if by else None,
        at=tx.stamp,
    )


def _parcel(tx: Tx, row: Row, *, interrupted: bool = False) -> Parcel:
    return Parcel(
        id=row["id"],
        kind=row["kind"],
        subject=row["subject"],
        addressee=tx.vault.open(row["addressee"], "openid") if row["addressee"] else "",
        payload=json.loads(tx.vault.open(row["payload"], "payload")),
        attempts=int(row["attempts"]),
        interrupted=interrupted,
        created_at=moment(row["created_at"]),
        recipient=row["recipient"] or "",
        way=row["way"],
        tried_at=moment(row["tried_at"]) if row["tried_at"] else None,
        reminded=row["reminded"],
        bounced=tuple(row["bounced"].split()),
        doubtful=bool(row["doubtful"]),
        by_day=row["by_day"] or "",
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


def sent(tx: Tx, id: str, way: str = "", job: str = "") -> None:
    tx.run(
        "update outbox set state = 'sent', sent_at = :at, way = :way, job = :job, error = null where id = :id",
        at=tx.stamp,
        way=way,
        job=job,
        id=id,
    )


def again(tx: Tx, id: str, *, due_at: datetime, error: str, counts: bool = True) -> None:
    """Try later; `error` is shown to staff."""
    tx.run(
        "update outbox set state = 'waiting', due_at = :due, error = :error, attempts = attempts + :one where id = :id",
        due=stamp(due_at),
        error=error,
        one=int(counts),
        id=id,
    )


def hold(tx: Tx, id: str, error: str, *, doubtful: bool = False) -> None:
    """No way to the person is open: it goes into the next answer they get.

    `doubtful`: it may have arrived already, so that nothing but that answer may carry it.
    """
    tx.run(
        "update outbox set state = 'held', error = :error, doubtful = :doubtful where id = :id",
        error=error,
        doubtful=int(doubtful),
        id=id,
    )


def attempt(tx: Tx, id: str, way: str) -> None:
    """Note the way before the platform is asked, so that whoever finds the lease run out knows what was tried."""
    renew(tx, id)
    tx.run(
        "update outbox set tried_at = case when way = :way then tried_at else :at end, way = :way where id = :id",
        way=way,
        at=tx.stamp,
        id=id,
    )


def refused(tx: Tx, id: str) -> None:
    """The way being tried surely carried nothing."""
    tx.run("update outbox set way = '' where id = :id", id=id)


def remind(tx: Tx, id: str, way: str, job: str, error: str) -> None:
    """A short notice is on its way; the text itself is held for the next answer."""
    tx.run(
        "update outbox set state = 'held', reminded = :way, way = '', job = :job, error = :error where id = :id",
        way=way,
        job=job,
        error=error,
        id=id,
    )


def wake(tx: Tx, recipient: str) -> None:
    """A way to this person has opened: what is held is tried again."""
    tx.run(
        "update outbox set state = 'waiting', due_at = :at "
        "where recipient = :r and state = 'held' and kind = 'notice' and doubtful = 0",
        r=recipient,
        at=tx.stamp,
    )


def short_notice(tx: Tx, recipient: str, way: str, job: str) -> Parcel | None:
    """The notice that a short one of the platform's id `job` stood for; without a known id, the latest."""
    row = tx.one(
        "select * from outbox where recipient = :r and kind = 'notice' and (way = :way or reminded = :way) "
        "order by case when job = :job then 0 when job = '' then 1 else 2 end, tried_at desc limit 1",
        r=recipient,
        way=way,
        job=job,
    )
    return _parcel(tx, row) if row and row["job"] in ("", job) else None


def bounce(tx: Tx, id: str, way: str, error: str) -> None:
    """The platform says later that this way did not reach the person: it is tried by the others, if any."""
    tx.run(
        "update outbox set bounced = trim(bounced || ' ' || :way), error = :error, "
        "state = case when state = 'sending' then state else 'waiting' end, "
        "due_at = :at, sent_at = null, reminded = '', way = case when state = 'sending' then way else '' end "
        "where id = :id",
        way=way,
        error=error,
        at=tx.stamp,
        id=id,
    )


def has_bounced(tx: Tx, id: str, way: str) -> bool:
    return way in str(tx.value("select bounced from outbox where id = :id", id=id) or "").split()


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


def held(tx: Tx, recipient: str) -> list[Parcel]:
    """The notices that wait for this person's next message, oldest first."""
    rows = tx.all(
        "select * from outbox where recipient = :r and state = 'held' and kind = 'notice' order by created_at, id",
        r=recipient,
    )
    return [_parcel(tx, row) for row in rows]


def untold(tx: Tx, cause: str) -> bool:
    """Whether any part of a notice has not been told yet."""
    found = tx.value(
        "select 1 from outbox where (subject = :cause or subject like :like) and state <> 'sent' limit 1",
        cause=cause,
        like=f"{cause}:%",
    )
    return found is not None


def told_by_staff(tx: Tx, cause: str, how: str, at: datetime) -> None:
    """Somebody has told the person: nothing of this notice is sent any more, except what is just going out."""
    tx.run(
        "update outbox set state = 'sent', way = :how, sent_at = :at, error = null "
        "where (subject = :cause or subject like :like) and state in ('waiting', 'held', 'failed')",
        how=how,
        at=stamp(at),
        cause=cause,
        like=f"{cause}:%",
    )


def pressing(tx: Tx, until: date) -> list[Parcel]:
    """Notices that the person must know by that day at the latest, and that have not been told."""
    rows = tx.all(
        "select * from outbox where by_day <= :until and kind = 'notice' and state in ('waiting', 'held', 'failed') "
        "order by created_at, id",
        until=until.isoformat(),
    )
    return [_parcel(tx, row) for row in rows]


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
        "select subject, state, way, reminded, by_day, error, created_at, sent_at from outbox "
        "where subject like :like order by created_at, id",
        like=f"{prefix}%",
    )


def troubles(tx: Tx, limit: int = 50) -> list[Row]:
    """What staff should look at: held and failed parcels, and those tried in vain. No addressee in them."""
    return tx.all(
        "select kind, subject, state, attempts, way, reminded, by_day, error, created_at, due_at from outbox "
        "where state in ('held', 'failed') or (state = 'waiting' and attempts > 0) order by created_at desc limit :n",
        n=limit,
    )


def forget(tx: Tx, before: datetime) -> int:
    """Erase what was sent before then."""
    return tx.run("delete from outbox where state = 'sent' and sent_at < :before", before=stamp(before))


def counts(tx: Tx) -> dict[tuple[str, str], int]:
    rows = tx.all("select kind, state, count(*) as n from outbox group by kind, state")
    return {(row["kind"], row["state"]): int(row["n"]) for row in rows}
