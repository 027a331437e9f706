"""The days by which the law wants something done about a submission."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage.engine.database import Tx


@dataclass(frozen=True)
class Deadline:
    """A day by which the law wants something done."""

    code: str
    due_on: str
    state: str
    basis: str
    provisional: bool


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


def close(tx: Tx, id: str, codes: Iterable[str]) -> None:
    """Mark open deadlines as met; ``"*"`` stands for all of them."""
    for code in codes:
        tx.run(
            "update deadline set state = 'met', closed_at = :at "
            "where submission = :id and state = 'open' and (:code = '*' or code = :code)",
            at=tx.stamp,
            id=id,
            code=code,
        )


def _deadline(row: Mapping[str, Any]) -> Deadline:
    return Deadline(row["code"], row["due_on"], row["state"], row["basis"], bool(row["provisional"]))


def of(tx: Tx, id: str) -> list[Deadline]:
    return [
        _deadline(row) for row in tx.all("select * from deadline where submission = :id order by due_on, id", id=id)
    ]


def next_of(tx: Tx, ids: Iterable[str]) -> dict[str, Deadline]:
    """The earliest open deadline of each submission that has one."""
    found = {}
    for id in ids:
        row = tx.one("select * from deadline where submission = :id and state = 'open' order by due_on limit 1", id=id)
        if row:
            found[id] = _deadline(row)
    return found
