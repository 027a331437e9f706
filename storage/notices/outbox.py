"""What must go to the platform, or be fetched from it, written in the transaction that caused it.

A row is claimed with a lease, so that a dead worker's rows come back: `due_at` is when somebody looks at it next, which
after a claim is the end of the lease. Every change of its state goes through `_to`.
A notice may go several ways; `way` is the one being tried, and at last the one by which it was told.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta

from storage.engine.database import Row, Tx
from storage.engine.paging import Page, page
from storage.engine.times import moment, stamp
from storage.notices.parcel import AT_REST, NEXT, STAFF, Parcel, State, Subject, Topic

LEASE = timedelta(seconds=15)
TROUBLE = "(state in ('held', 'failed') or (state = 'waiting' and attempts > 0))"
"""What staff should look at."""
UNTOLD = "topic = 'submission' and asked = 0 and state in ('waiting', 'held', 'failed')"
"""Notices to reporters that have not been told, and that no task speaks of."""


def put(
    tx: Tx,
    kind: str,
    subject: Subject,
    *,
    part: int = 1,
    openid: str = "",
    payload: Mapping[str, str] | None = None,
    due_at: datetime | None = None,
    by: date | None = None,
) -> None:
    """Queue one parcel. The same again, to the same person, replaces what is still waiting, and nothing else.

    `by`: the day by which the person must know.
    """
    id = tx.new_id()
    tx.run(
        "insert into outbox (id, kind, topic, about, cause, part, recipient, addressee, payload, state, attempts, "
        "due_at, by_day, created_at) values (:id, :kind, :topic, :about, :cause, :part, :recipient, :addressee, "
        ":payload, 'waiting', 0, :due, :by, :at) on conflict (kind, topic, about, cause, recipient, part) "
        "do update set id = excluded.id, addressee = excluded.addressee, payload = excluded.payload, "
        "due_at = excluded.due_at where outbox.state = 'waiting'",
        **asdict(subject),
        id=id,
        kind=kind,
        part=part,
        recipient=own(tx, tx.vault.digest(openid, "openid"), subject.topic) if openid else "",
        addressee=tx.vault.seal(openid, "outbox.addressee", id) if openid else None,
        payload=tx.vault.seal(json.dumps(dict(payload or {}), ensure_ascii=False), "outbox.payload", id),
        due=stamp(due_at or tx.now),
        by=by.isoformat() if by else None,
        at=tx.stamp,
    )


def _subject(row: Row) -> Subject:
    return Subject(Topic(row["topic"]), row["about"], row["cause"])


def own(tx: Tx, sender: str, topic: Topic) -> str:
    """What this table calls somebody: as staff otherwise than as a citizen, whose cases nobody may tell by it."""
    return tx.vault.digest(sender, "outbox staff" if topic in STAFF else "outbox")


def _notices(tx: Tx, sender: str, which: str, **values: str) -> list[Row]:
    """Notices to somebody, as a citizen and as staff. Two questions: the index for one of both names is not found."""
    sql = f"select * from outbox where recipient = :own and kind = 'notice' and {which}"  # noqa: S608 - values are bound
    names = (own(tx, sender, topic) for topic in (Topic.SUBMISSION, Topic.ALARM))
    return [row for mine in names for row in tx.all(sql, own=mine, **values)]


def _parcel(tx: Tx, row: Row, *, interrupted: bool = False) -> Parcel:
    openid = tx.vault.open(row["addressee"], "outbox.addressee", row["id"]) if row["addressee"] else ""
    return Parcel(
        id=row["id"],
        kind=row["kind"],
        subject=_subject(row),
        addressee=openid,
        payload=json.loads(tx.vault.open(row["payload"], "outbox.payload", row["id"])),
        attempts=int(row["attempts"]),
        interrupted=interrupted,
        created_at=moment(row["created_at"]),
        recipient=tx.vault.digest(openid, "openid") if openid else "",
        way=row["way"],
        tried_at=moment(row["tried_at"]) if row["tried_at"] else None,
        reminded=row["reminded"],
        bounced=tuple(row["bounced"].split()),
        doubtful=bool(row["doubtful"]),
        by_day=row["by_day"] or "",
    )


def _to(tx: Tx, id: str, state: State, *, from_: Collection[State], **values: object) -> bool:
    """Compare-and-set: False, and nothing changed, when the parcel has left the states `from_` or is gone.

    Raises ValueError for a step that NEXT does not allow.
    """
    if strange := [before for before in from_ if state not in NEXT[before]]:
        raise ValueError(f"a parcel does not go from {' or '.join(strange)} to {state}; the steps are parcel.NEXT")
    assignments = "".join(f", {name} = :{name}" for name in values)
    before = ", ".join(f"'{one}'" for one in from_)
    sql = f"update outbox set state = :state{assignments} where id = :id and state in ({before})"  # noqa: S608 - ours
    return bool(tx.run(sql, **values, state=state, id=id))


def claim(tx: Tx, kind: str) -> Parcel | None:
    """Lease the parcel of this kind that is due longest; `interrupted` when a lease ran out on it."""
    row = tx.one(
        "select * from outbox where kind = :kind and state in ('waiting', 'sending') and due_at <= :now "
        "order by due_at, id limit 1",
        kind=kind,
        now=tx.stamp,
    )
    if row is None:
        return None
    before = State(row["state"])
    _to(tx, row["id"], State.SENDING, from_={before}, due_at=stamp(tx.now + LEASE))
    return _parcel(tx, row, interrupted=before is State.SENDING)


def renew(tx: Tx, id: str) -> None:
    """Lengthen the lease: before every call to the platform, which takes less than a lease."""
    _to(tx, id, State.SENDING, from_={State.SENDING}, due_at=stamp(tx.now + LEASE))


def sent(tx: Tx, id: str, way: str = "", job: str = "") -> bool:
    """It is told or done; False when somebody else has settled it meanwhile, or it was taken back."""
    from_ = {State.SENDING, State.HELD}
    return _to(tx, id, State.SENT, from_=from_, sent_at=tx.stamp, way=way, job=job, error=None)


def again(tx: Tx, id: str, *, due_at: datetime, error: str, counts: bool = True) -> None:
    """Try later; `error` is shown to staff."""
    if _to(tx, id, State.WAITING, from_={State.SENDING}, due_at=stamp(due_at), error=error) and counts:
        tx.run("update outbox set attempts = attempts + 1 where id = :id", id=id)


def hold(tx: Tx, id: str, error: str, *, doubtful: bool = False) -> None:
    """No way to the person is open: it goes into the next answer they get.

    `doubtful`: it may have arrived already, so that nothing but that answer may carry it.
    """
    _to(tx, id, State.HELD, from_={State.SENDING}, error=error, doubtful=int(doubtful))


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
    tx.run("update outbox set way = '' where id = :id and state = 'sending'", id=id)


def remind(tx: Tx, id: str, way: str, job: str, error: str) -> None:
    """A short notice is on its way; the text itself is held for the next answer."""
    _to(tx, id, State.HELD, from_={State.SENDING}, reminded=way, way="", job=job, error=error)


def wake(tx: Tx, recipient: str) -> None:
    """A way to this person has opened: what is held is tried again."""
    for row in _notices(tx, recipient, "state = 'held' and doubtful = 0"):
        _to(tx, row["id"], State.WAITING, from_={State.HELD}, due_at=tx.stamp)


def short_notice(tx: Tx, recipient: str, way: str, job: str) -> Parcel | None:
    """The notice that a short one of the platform's id `job` stood for; without a known id, the latest."""
    rows = _notices(tx, recipient, "(way = :way or reminded = :way) and job in ('', :job)", way=way, job=job)
    newest = max(rows, key=lambda row: (row["job"] == job, row["tried_at"] or ""), default=None)
    return _parcel(tx, newest) if newest else None


def bounce(tx: Tx, id: str, way: str, error: str) -> None:
    """The platform says later that this way did not reach the person: it is tried by the others, if any."""
    tx.run(
        "update outbox set bounced = trim(bounced || ' ' || :way), error = :error, reminded = '', due_at = :at, "
        "asked = 0, sent_at = null, way = case when state = 'sending' then way else '' end where id = :id",
        way=way,
        error=error,
        at=tx.stamp,
        id=id,
    )
    _to(tx, id, State.WAITING, from_={State.SENT, State.HELD})


def has_bounced(tx: Tx, id: str, way: str) -> bool:
    return way in str(tx.value("select bounced from outbox where id = :id", id=id) or "").split()


def fail(tx: Tx, id: str, error: str) -> None:
    """Nobody can bring it: staff see why."""
    _to(tx, id, State.FAILED, from_={State.SENDING}, error=error)


def drop(tx: Tx, topic: Topic, about: str) -> None:
    """Take back what still waits about one thing."""
    tx.run("delete from outbox where topic = :topic and about = :about and state = 'waiting'", topic=topic, about=about)


def withdraw(tx: Tx, topic: Topic, about: str) -> None:
    """Take back what has not been sent about one thing; what is on its way now is not tried again."""
    tx.run(
        "delete from outbox where topic = :topic and about = :about and state in ('waiting', 'sending', 'held')",
        topic=topic,
        about=about,
    )


def drop_for(tx: Tx, recipient: str, topic: Topic) -> None:
    """Take back what still waits for this person on a topic."""
    mine = own(tx, recipient, topic)
    tx.run("delete from outbox where recipient = :own and topic = :topic and state = 'waiting'", own=mine, topic=topic)


def waiting(tx: Tx, recipient: str, topic: Topic) -> Subject | None:
    """What a parcel that waits for this person on a topic is about."""
    row = tx.one(
        "select topic, about, cause from outbox where recipient = :r and topic = :topic and state = 'waiting' limit 1",
        r=own(tx, recipient, topic),
        topic=topic,
    )
    return _subject(row) if row else None


def held(tx: Tx, recipient: str) -> list[Parcel]:
    """The notices that wait for this person's next message, oldest first."""
    rows = sorted(_notices(tx, recipient, "state = 'held'"), key=lambda row: (row["created_at"], row["id"]))
    return [_parcel(tx, row) for row in rows]


def _parts(tx: Tx, subject: Subject) -> list[Row]:
    sql = "select id, state from outbox where topic = :topic and about = :about and cause = :cause"
    return tx.all(sql, **asdict(subject))


def untold(tx: Tx, subject: Subject) -> bool:
    """Whether any part of a notice has not been told yet."""
    return any(row["state"] != State.SENT for row in _parts(tx, subject))


def text_of(tx: Tx, subject: Subject) -> tuple[str, str]:
    """The text of a notice in all its parts, and the day by which it must be known; '' of both where there is none."""
    rows = tx.all(
        "select * from outbox where topic = :topic and about = :about and cause = :cause and kind = 'notice' "
        "order by part",
        **asdict(subject),
    )
    parcels = [_parcel(tx, row) for row in rows]
    return "\n".join(one.payload["text"] for one in parcels), parcels[0].by_day if parcels else ""


def any_untold(tx: Tx, topic: Topic, about: str) -> bool:
    """Whether anything about it is still to be told to its person."""
    sql = "select count(*) from outbox where topic = :topic and about = :about and kind = 'notice' and state <> 'sent'"
    return bool(tx.value(sql, topic=topic, about=about))


def told_by_staff(tx: Tx, subject: Subject, how: str, at: datetime) -> None:
    """Somebody has told the person: nothing of this notice is sent any more, except what is just going out."""
    for row in _parts(tx, subject):
        _to(tx, row["id"], State.SENT, from_=AT_REST, way=how, sent_at=stamp(at), error=None)


def pressing(tx: Tx, until: date, *, before: datetime, most: int) -> list[Parcel]:
    """Notices from before then that the reporter must know by that day, that are not told, and no task speaks of."""
    rows = tx.all(
        f"select * from outbox where by_day <= :until and {UNTOLD} and created_at < :before "  # noqa: S608 - ours
        "order by by_day, created_at, id limit :most",
        until=until.isoformat(),
        before=stamp(before),
        most=most,
    )
    return [_parcel(tx, row) for row in rows]


def asked(tx: Tx, id: str) -> None:
    """Staff were asked to tell the person."""
    tx.run("update outbox set asked = 1 where id = :id", id=id)


def about(tx: Tx, topic: Topic, about: str) -> list[Row]:
    """The parcels about one thing, oldest first. No addressee in them."""
    return tx.all(
        "select id, cause, state, way, reminded, by_day, error, created_at, sent_at from outbox "
        "where topic = :topic and about = :about order by created_at, id",
        topic=topic,
        about=about,
    )


def texts(tx: Tx, topic: Topic, about: str) -> dict[str, str]:
    """What the notices about one thing say, word for word, by the id of each part."""
    rows = tx.all(
        "select id, payload from outbox where topic = :topic and about = :about and kind = 'notice'",
        topic=topic,
        about=about,
    )
    return {row["id"]: json.loads(tx.vault.open(row["payload"], "outbox.payload", row["id"]))["text"] for row in rows}


def troubles(tx: Tx, *, after: str = "", limit: int = 50) -> Page[Row]:
    """What staff should look at, the newest first: held and failed parcels, and those tried in vain. No addressee."""
    columns = "id, kind, topic, about, state, attempts, way, reminded, by_day, error, created_at, due_at"
    sql = f"select {columns} from outbox where {TROUBLE}"  # noqa: S608 - names are ours
    return page(tx, sql, "created_at desc, id desc", dict, after=after, limit=limit)


def forget(tx: Tx, before: datetime, most: int) -> int:
    """Erase what was sent before then, the oldest first; notices about submissions stay with their case."""
    return tx.run(
        "delete from outbox where id in (select id from outbox "
        "where state = 'sent' and topic <> 'submission' and sent_at < :before order by sent_at limit :most)",
        before=stamp(before),
        most=most,
    )


def give_up(tx: Tx, before: datetime, most: int) -> int:
    """What has been held since before then is not held any longer: it stays with staff as failed."""
    rows = tx.all(
        "select id from outbox where state = 'held' and created_at < :before order by created_at limit :most",
        before=stamp(before),
        most=most,
    )
    for row in rows:
        _to(tx, row["id"], State.FAILED, from_={State.HELD}, error="等了半年，没有可用的送达方式")
    return len(rows)


def counts(tx: Tx) -> dict[tuple[str, str], int]:
    """(kind, state) -> how many there are that were not sent."""
    rows = tx.all("select kind, state, count(*) as n from outbox where state <> 'sent' group by kind, state")
    return {(row["kind"], row["state"]): int(row["n"]) for row in rows}
