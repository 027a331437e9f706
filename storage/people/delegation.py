"""Who decides for a leader that is away, on which days."""

from dataclasses import dataclass
from datetime import date

from storage.engine.database import Row, Tx


@dataclass(frozen=True)
class Delegation:
    """`deputy` decides for `leader` from the day `since` to the day `until`, both included; ISO dates."""

    id: str
    leader: str
    deputy: str
    since: str
    until: str


def _delegation(row: Row) -> Delegation:
    return Delegation(row["id"], row["leader"], row["deputy"], row["since"], row["until"])


def add(tx: Tx, leader: str, deputy: str, *, since: date, until: date) -> None:
    days = {"since": since.isoformat(), "until": until.isoformat()}
    tx.insert("delegation", id=tx.new_id(), leader=leader, deputy=deputy, made_at=tx.stamp, **days)


def of_leader(tx: Tx, leader: str, day: date) -> list[Delegation]:
    """Those of a leader that are not over on that day, the earliest first."""
    sql = "select * from delegation where leader = :leader and until >= :day and ended_at is null order by since, id"
    return [_delegation(row) for row in tx.all(sql, leader=leader, day=day.isoformat())]


def for_deputy(tx: Tx, deputy: str, day: date) -> list[Delegation]:
    """By which somebody decides for others on that day, the earliest first."""
    sql = (
        "select d.* from delegation d join staff s on s.name = d.leader where d.deputy = :deputy and d.until >= :day "
        "and d.since <= :day and d.ended_at is null and s.disabled = 0 order by d.since, d.id"
    )
    return [_delegation(row) for row in tx.all(sql, deputy=deputy, day=day.isoformat())]


def end(tx: Tx, id: str, leader: str) -> bool:
    """End one before its last day; False when it is none of this leader's or over already."""
    sql = "update delegation set ended_at = :at where id = :id and leader = :leader and ended_at is null"
    return bool(tx.run(sql, at=tx.stamp, id=id, leader=leader))
