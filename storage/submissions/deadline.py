"""The days by which the law wants something done about a submission."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from storage.engine.database import Tx
from storage.engine.times import moment, stamp
from storage.submissions import among

NEVER = "9999"
"""Sorts after every day."""
RUNNING = ("open", "suspended")
"""The states of a period that is not at its end; the others are ``met`` and ``cancelled``."""


@dataclass(frozen=True)
class Deadline:
    """A day by which the law wants something done.

    `provisional` for want of a calendar, `unsure` when nobody has checked its rule. `unit` is ``workday`` or ``day``;
    it `stood` still for so many
    of them and was `extended` by so many. Days are ISO dates, '' where there is none.
    """

    code: str
    due_on: str
    state: str
    basis: str
    provisional: bool
    started_on: str = ""
    unit: str = ""
    met_on: str = ""
    suspended_on: str = ""
    stood: int = 0
    extended: int = 0
    unsure: bool = False
    closed_at: datetime | None = None
    id: str = ""


_DAYS = ("started_on", "met_on", "suspended_on")
_COLUMNS = tuple(column.name for column in fields(Deadline))
_OF_ROW = itemgetter("submission", *_COLUMNS)


def add(tx: Tx, id: str, begun: Deadline) -> Deadline:
    """Keep the first period of a submission, which was stored with its day; returns it with its own id."""
    kept = replace(begun, id=tx.new_id())
    tx.insert("deadline", submission=id, **_row(kept))
    return kept


def start(tx: Tx, id: str, begun: Deadline) -> Deadline:
    """Keep a further period of the submission of that id; returns it with its own id."""
    kept = add(tx, id, begun)
    _note_next(tx, id)
    return kept


def change(tx: Tx, id: str, after: Deadline) -> None:
    """Keep a period of the submission of that id as it is now."""
    values = _row(after)
    assignments = ", ".join(f"{column} = :{column}" for column in values if column != "id")
    tx.run(f"update deadline set {assignments} where id = :id", **values)  # noqa: S608 - names are ours
    _note_next(tx, id)


def _row(one: Deadline) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _COLUMNS}
    values |= {name: values[name] or None for name in _DAYS}
    values |= {name: int(values[name]) for name in ("provisional", "unsure")}
    return values | {"closed_at": stamp(one.closed_at) if one.closed_at else None}


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


def _made(_submission: str, *values: Any) -> Deadline:
    read = dict(zip(_COLUMNS, values, strict=True))
    for name in _DAYS:
        read[name] = read[name] or ""
    read["closed_at"] = moment(read["closed_at"]) if read["closed_at"] else None
    return Deadline(**read | {name: bool(read[name]) for name in ("provisional", "unsure")})


def provisional_until(tx: Tx, day: date, most: int) -> list[tuple[str, Deadline]]:
    """Running periods that were estimated and end by that day, each with the submission it is of."""
    rows = tx.all(
        "select * from deadline where provisional = 1 and state in ('open', 'suspended') and due_on <= :day "
        "and started_on is not null order by due_on, id limit :most",
        day=day.isoformat(),
        most=most,
    )
    return [(row["submission"], _deadline(row)) for row in rows]


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
    sql = f"select submission, {', '.join(_COLUMNS)} from deadline order by submission, due_on, id"  # noqa: S608 - names are ours
    return among.along(tx.stream(sql), _made)


def next_of(tx: Tx, ids: Iterable[str]) -> dict[str, Deadline]:
    """The earliest open deadline of each submission that has one."""
    latest_first = among.rows(tx, "select * from deadline", ids, "and state = 'open' order by due_on desc, id desc")
    return {row["submission"]: _deadline(row) for row in latest_first}
