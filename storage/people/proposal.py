"""Roles that wait for a second person to confirm them."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.database import Row, Tx
from storage.engine.times import moment
from storage.people.staff import Role


@dataclass(frozen=True)
class Proposal:
    """A role that `by` wants an account to have."""

    staff: str
    role: Role
    by: str
    at: datetime


def _proposal(row: Row) -> Proposal:
    return Proposal(row["staff"], Role(row["role"]), row["proposed_by"], moment(row["proposed_at"]))


def add(tx: Tx, name: str, role: Role, by: str) -> None:
    """The first who proposes stays the one who did: nobody makes it theirs, or another's, by doing it again."""
    tx.run(
        "insert into role_proposal (staff, role, proposed_by, proposed_at) values (:staff, :role, :by, :at) "
        "on conflict (staff, role) do nothing",
        staff=name,
        role=role,
        by=by,
        at=tx.stamp,
    )


def of(tx: Tx, name: str, role: str) -> Proposal | None:
    row = tx.one("select * from role_proposal where staff = :staff and role = :role", staff=name, role=role)
    return _proposal(row) if row else None


def every(tx: Tx) -> list[Proposal]:
    """The oldest first."""
    return [_proposal(row) for row in tx.all("select * from role_proposal order by proposed_at, staff, role")]


def remove(tx: Tx, name: str, role: Role) -> None:
    tx.run("delete from role_proposal where staff = :staff and role = :role", staff=name, role=role)
