"""Alarms of emergencies, and who was called for each.

Every emergency has a row. One row of those that belong together rings; the others are ``joined``, and their `lead` is
its id. Who reported has a digest here that no other table has.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.engine.database import Row, Tx
from storage.engine.times import moment, stamp

_SELECT = (
    "select a.*, s.number, s.merchant, s.address, s.category, s.description, "
    "(select count(*) + 1 from alarm one where one.lead = a.id and one.further = 0) as people, "
    "(select count(*) from alarm one where one.lead = a.id and one.further = 1) as further_ones "
    "from alarm a join submission s on s.id = a.submission "
)
_LEADS = (
    "select a.id, s.number, s.merchant, s.address, s.business, s.township "
    "from alarm a join submission s on s.id = a.submission where a.state <> 'joined' "
)
NEWEST_FIRST = "order by a.raised_at desc, a.id desc limit :most"
SHOWN = 50
"""So many open alarms are looked at, the newest: nobody reads more at once."""
LISTED = 5
"""So many numbers are told of what stands in one alarm."""


@dataclass(frozen=True)
class Alarm:
    """One that rings until somebody answers for it; what and where as its submission says now, nobody's identity.

    So many `people` have reported the same, the newest `others` beside its own number; `further` counts what those who
    are counted already went on to send: which those are, nobody is told.
    """

    id: str
    submission: str
    number: str
    merchant: str
    address: str
    category: str
    description: str
    reasons: tuple[str, ...]
    open: bool
    round: int
    raised_at: datetime
    next_at: datetime
    acknowledged_by: str
    acknowledged_at: datetime | None
    people: int
    further: int
    others: tuple[str, ...]

    @property
    def unanswered(self) -> bool:
        """Everybody was called once, and nobody answered (无人响应)."""
        return self.open and self.round > 0


@dataclass(frozen=True)
class Called:
    """One call; `staff` is '' when there was nobody to call, `means` the ways that were open."""

    number: int
    round: int
    staff: str
    means: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class Lead:
    """One that rings or was taken, as far as a new emergency is compared with it."""

    id: str
    number: str
    merchant: str
    address: str
    business: str
    township: str


@dataclass(frozen=True)
class Untold:
    """A submission whose reporter has not been told that somebody has `taken` its alarm, or that nobody has yet."""

    id: str
    submission: str
    number: str
    description: str
    taken: bool


def _alarm(tx: Tx, row: Row) -> Alarm:
    return Alarm(
        id=row["id"],
        submission=row["submission"],
        number=row["number"],
        merchant=row["merchant"],
        address=row["address"],
        category=row["category"],
        description=row["description"],
        reasons=tuple(json.loads(row["reasons"])),
        open=row["state"] == "open",
        round=int(row["round"]),
        raised_at=moment(row["raised_at"]),
        next_at=moment(row["next_at"]),
        acknowledged_by=row["acknowledged_by"] or "",
        acknowledged_at=moment(row["acknowledged_at"]) if row["acknowledged_at"] else None,
        people=int(row["people"]),
        further=int(row["further_ones"]),
        others=_others(tx, row["id"]) if row["people"] > 1 else (),
    )


def _others(tx: Tx, alarm: str) -> tuple[str, ...]:
    rows = tx.all(
        "select s.number from alarm a join submission s on s.id = a.submission "  # noqa: S608 - no value is in it
        f"where a.lead = :alarm and a.further = 0 {NEWEST_FIRST}",
        alarm=alarm,
        most=LISTED,
    )
    return tuple(row["number"] for row in rows)


def _alarms(tx: Tx, which: str, **values: object) -> list[Alarm]:
    return [_alarm(tx, row) for row in tx.all(_SELECT + which, **values)]


def own(tx: Tx, openid: str) -> str:
    """What this table calls a reporter."""
    return tx.vault.digest(tx.vault.digest(openid, "openid"), "alarm")


def add(tx: Tx, submission: str, reasons: Iterable[str], *, openid: str = "", lead: Lead | None = None) -> bool:
    """Raise the one alarm of a submission: due at once, or in the list of `lead`; False when it was raised before.

    `openid` is of whoever reported it, '' when staff entered it.
    """
    reporter = own(tx, openid) if openid else None
    before = _standing(tx, lead, reporter) if lead else 0
    return bool(
        tx.run(
            "insert into alarm "
            "(id, submission, reasons, state, round, raised_at, next_at, lead, reporter, further, news) "
            "values (:id, :submission, :reasons, :state, 0, :at, :at, :lead, :reporter, :further, :news) "
            "on conflict (submission) do nothing",
            id=tx.new_id(),
            submission=submission,
            reasons=json.dumps(list(reasons), ensure_ascii=False),
            state="joined" if lead else "open",
            at=tx.stamp,
            lead=lead.id if lead else None,
            reporter=reporter,
            further=int(before > 0),
            # Once of all that one person goes on sending, once of everybody else.
            news=int(lead is not None and before < 2),
        )
    )


def _standing(tx: Tx, lead: Lead, reporter: str | None) -> int:
    """How many of this reporter's stand in an alarm, counted no further than two."""
    return int(
        tx.value(
            "select count(*) from (select 1 from alarm "
            "where reporter = :reporter and (lead = :lead or id = :lead) limit 2) as counted",
            reporter=reporter,
            lead=lead.id,
        )
    )


def is_raised(tx: Tx, submission: str) -> bool:
    return tx.one("select 1 as raised from alarm where submission = :id", id=submission) is not None


def of(tx: Tx, number: str) -> Alarm | None:
    """The alarm that rings for the submission with this number."""
    which = (
        "where a.id = (select coalesce(one.lead, one.id) from alarm one join submission t on t.id = one.submission "
        "where t.number = :number)"
    )
    return next(iter(_alarms(tx, which, number=number)), None)


def opened(tx: Tx) -> list[Alarm]:
    """Those that nobody has answered for, the newest first."""
    return _alarms(tx, f"where a.state = 'open' {NEWEST_FIRST}", most=SHOWN)


def due(tx: Tx, most: int) -> list[Alarm]:
    """Those for which somebody is to be called now, the newest first."""
    return _alarms(tx, f"where a.state = 'open' and a.next_at <= :now {NEWEST_FIRST}", now=tx.stamp, most=most)


def unreached(tx: Tx, most: int) -> list[Alarm]:
    """Open ones of which a message to somebody could not be brought, the newest first."""
    which = (
        "where a.state = 'open' and exists (select 1 from outbox o where o.kind = 'notice' and o.topic = 'alarm' "
        "and o.about = a.submission and o.state in ('held', 'failed')) "
    )
    return _alarms(tx, which + NEWEST_FIRST, most=most)


def leads(tx: Tx, since: datetime, most: int) -> list[Lead]:
    """Those that were raised after `since`, the newest first."""
    rows = tx.all(f"{_LEADS}and a.raised_at > :since {NEWEST_FIRST}", since=stamp(since), most=most)
    return [Lead(**row) for row in rows]


def lead_of(tx: Tx, openid: str, since: datetime) -> Lead | None:
    """The newest one that this person's report has raised after `since`."""
    sql = f"{_LEADS}and a.reporter = :reporter and a.raised_at > :since {NEWEST_FIRST}"
    row = tx.one(sql, reporter=own(tx, openid), since=stamp(since), most=1)
    return Lead(**row) if row else None


def of_staff(tx: Tx, name: str, since: datetime) -> list[Alarm]:
    """The alarms for which an account was called that are open, or were until after `since`; oldest first."""
    which = (
        "where (a.state = 'open' or a.acknowledged_at > :since) "
        "and a.id in (select c.alarm from alarm_call c where c.staff = :name) order by a.raised_at, a.id"
    )
    return _alarms(tx, which, name=name, since=stamp(since))


def with_news(tx: Tx, before: datetime, most: int) -> list[Alarm]:
    """Those in whose list something new has stood since `before`, of which nobody was told."""
    which = "where a.id in (select one.lead from alarm one where one.news = 1 and one.raised_at <= :before) limit :most"
    return _alarms(tx, which, before=stamp(before), most=most)


def news_told(tx: Tx, alarm: Alarm, *, further: bool) -> None:
    """Whoever is called knows what has joined an alarm; what the same people went on to send only when `further`."""
    tx.run(
        "update alarm set news = 0 where lead = :id and news = 1 and further <= :most", id=alarm.id, most=int(further)
    )


def untold(tx: Tx, raised_before: datetime, most: int) -> list[Untold]:
    """Whose reporter is to be told that it was taken, or, when raised before then, that it was not."""
    rows = tx.all(
        "select a.id, a.submission, s.number, s.description, l.state from alarm a "
        "join alarm l on l.id = coalesce(a.lead, a.id) join submission s on s.id = a.submission "
        "where a.told <> 'taken' and a.further = 0 and a.reporter is not null "
        "and (l.state = 'acknowledged' or (a.told = '' and a.raised_at <= :before)) order by a.raised_at limit :most",
        before=stamp(raised_before),
        most=most,
    )
    return [
        Untold(row["id"], row["submission"], row["number"], row["description"], row["state"] == "acknowledged")
        for row in rows
    ]


def told(tx: Tx, one: Untold) -> None:
    """Its reporter knows."""
    tx.run("update alarm set told = :told where id = :id", told="taken" if one.taken else "late", id=one.id)


def calls(tx: Tx, alarm: str) -> list[Called]:
    """Oldest first."""
    rows = tx.all("select * from alarm_call where alarm = :alarm order by number", alarm=alarm)
    return [
        Called(int(r["number"]), int(r["round"]), r["staff"], tuple(json.loads(r["means"])), moment(r["called_at"]))
        for r in rows
    ]


def called_for(tx: Tx) -> Counter[str]:
    """For how many open alarms each account was called."""
    rows = tx.all(
        "select c.staff, count(distinct c.alarm) as n from alarm a join alarm_call c on c.alarm = a.id "
        "where a.state = 'open' group by c.staff"
    )
    return Counter({row["staff"]: int(row["n"]) for row in rows})


def note_call(tx: Tx, alarm: Alarm, *, number: int, round: int, staff: str, means: Collection[str]) -> None:
    tx.insert(
        "alarm_call",
        id=tx.new_id(),
        alarm=alarm.id,
        number=number,
        round=round,
        staff=staff,
        means=json.dumps(list(means)),
        called_at=tx.stamp,
    )


def wait(tx: Tx, alarm: Alarm, *, round: int, until: datetime) -> None:
    """Call nobody else before then."""
    tx.run(
        "update alarm set round = :round, next_at = :until where id = :id", round=round, until=stamp(until), id=alarm.id
    )


def acknowledge(tx: Tx, alarm: Alarm, name: str) -> bool:
    """Whether this account was the first."""
    return bool(
        tx.run(
            "update alarm set state = 'acknowledged', acknowledged_by = :name, acknowledged_at = :at "
            "where id = :id and state = 'open'",
            name=name,
            at=tx.stamp,
            id=alarm.id,
        )
    )
