"""Alarms of emergencies, and who was called for each."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.engine.database import Row, Tx
from storage.engine.times import moment, stamp

_SELECT = (
    "select a.*, s.number, s.merchant, s.address, s.category from alarm a join submission s on s.id = a.submission "
)


@dataclass(frozen=True)
class Alarm:
    """One emergency until somebody answers for it; what and where as the submission says now, nobody's identity."""

    id: str
    submission: str
    number: str
    merchant: str
    address: str
    category: str
    reasons: tuple[str, ...]
    open: bool
    round: int
    raised_at: datetime
    next_at: datetime
    acknowledged_by: str
    acknowledged_at: datetime | None

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


def _alarm(row: Row) -> Alarm:
    return Alarm(
        id=row["id"],
        submission=row["submission"],
        number=row["number"],
        merchant=row["merchant"],
        address=row["address"],
        category=row["category"],
        reasons=tuple(json.loads(row["reasons"])),
        open=row["state"] == "open",
        round=int(row["round"]),
        raised_at=moment(row["raised_at"]),
        next_at=moment(row["next_at"]),
        acknowledged_by=row["acknowledged_by"] or "",
        acknowledged_at=moment(row["acknowledged_at"]) if row["acknowledged_at"] else None,
    )


def add(tx: Tx, submission: str, reasons: Iterable[str]) -> bool:
    """Raise the one alarm of a submission, due at once; False when it was raised before."""
    return bool(
        tx.run(
            "insert into alarm (id, submission, reasons, state, round, raised_at, next_at) "
            "values (:id, :submission, :reasons, 'open', 0, :at, :at) on conflict (submission) do nothing",
            id=tx.new_id(),
            submission=submission,
            reasons=json.dumps(list(reasons), ensure_ascii=False),
            at=tx.stamp,
        )
    )


def of(tx: Tx, number: str) -> Alarm | None:
    """The alarm of the submission with this number."""
    row = tx.one(_SELECT + "where s.number = :number", number=number)
    return _alarm(row) if row else None


def opened(tx: Tx) -> list[Alarm]:
    """All that nobody has answered for, the oldest first."""
    return [_alarm(row) for row in tx.all(_SELECT + "where a.state = 'open' order by a.raised_at, a.id")]


def of_staff(tx: Tx, name: str, since: datetime) -> list[Alarm]:
    """The alarms for which an account was called that are open, or were until after `since`; oldest first."""
    rows = tx.all(
        _SELECT + "where (a.state = 'open' or a.acknowledged_at > :since) "  # noqa: S608 - no value is in it
        "and a.id in (select c.alarm from alarm_call c where c.staff = :name) order by a.raised_at, a.id",
        name=name,
        since=stamp(since),
    )
    return [_alarm(row) for row in rows]


def calls(tx: Tx, alarm: str) -> list[Called]:
    """Oldest first."""
    rows = tx.all("select * from alarm_call where alarm = :alarm order by number", alarm=alarm)
    return [
        Called(int(r["number"]), int(r["round"]), r["staff"], tuple(json.loads(r["means"])), moment(r["called_at"]))
        for r in rows
    ]


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
