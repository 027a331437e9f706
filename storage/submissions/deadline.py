"""The days by which the law wants something done about a submission."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from storage.engine.database import Tx
from storage.submissions import among

NEVER = "9999"
"""Sorts after every day."""


@dataclass(frozen=True)
class Deadline:
    """A day by which the law wants something done."""

    code: str
    due_on: str
    state: str
    basis: str
    provisional: bool


_COLUMNS = ("submission", "code", "due_on", "state", "basis", "provisional")
_OF_ROW = itemgetter(*_COLUMNS)


def start(tx: Tx, id: str, *, code: str, due_on: date, basis: str, provisional: bool) -> None:
    tx.insert(
        "deadline",
        id=tx.new_id(),
        submission=id,
        code=code,
        due_on=due_on.isoformat(),
        state="open",
        basis=basis,
        provisional=int(provisional),
    )
    _note_next(tx, id)


def close(tx: Tx, id: str, codes: Iterable[str]) -> None:
    """Mark open deadlines as met; ``"*"`` stands for all of them."""
    for code in codes:
        sql = "update deadline set state = 'met', closed_at = :at where submission = :id and state = 'open'"
        tx.run(sql + ("" if code == "*" else " and code = :code"), at=tx.stamp, id=id, code=code)
    _note_next(tx, id)


def _note_next(tx: Tx, id: str) -> None:
    """Keep the earliest open day in the submission itself, which lists are ordered by."""
    tx.run(
        "update submission set next_due = coalesce((select min(due_on) from deadline "
        "where submission = :id and state = 'open'), :never) where id = :id",
        id=id,
        never=NEVER,
    )


def _deadline(row: Mapping[str, Any]) -> Deadline:
    return _made(*_OF_ROW(row))


def _made(_submission: str, code: str, due_on: str, state: str, basis: str, provisional: int) -> Deadline:
    return Deadline(code, due_on, state, basis, bool(provisional))


def of(tx: Tx, id: str) -> list[Deadline]:
    return of_each(tx, [id]).get(id, [])


def of_each(tx: Tx, ids: Iterable[str]) -> dict[str, list[Deadline]]:
    """The deadlines of each submission that has any, the earliest first."""
    found: dict[str, list[Deadline]] = {}
    for row in among.rows(tx, "select * from deadline", ids, "order by due_on, id"):
        found.setdefault(row["submission"], []).append(_deadline(row))
    return found


def along(tx: Tx) -> Callable[[str], list[Deadline]]:
    """The deadlines of submissions that are asked for in the order of their ids, the earliest first."""
    sql = f"select {', '.join(_COLUMNS)} from deadline order by submission, due_on, id"  # noqa: S608 - names are ours
    return among.along(tx.stream(sql), _made)


def next_of(tx: Tx, ids: Iterable[str]) -> dict[str, Deadline]:
    """The earliest open deadline of each submission that has one."""
    latest_first = among.rows(tx, "select * from deadline", ids, "and state = 'open' order by due_on desc, id desc")
    return {row["submission"]: _deadline(row) for row in latest_first}
