"""Submissions as lists show them: narrowed, ordered, a page at a time, and counted."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from storage.engine.database import Tx
from storage.engine.paging import Page, page
from storage.submissions.submission import Submission, of_row

OPEN_ORDER = "urgency desc, alarmed_at desc, next_due, received_at, id"
NEWEST_FIRST = "created_at desc, id desc"
LAST_RECEIVED_FIRST = "received_at desc, id desc"
FIRST_RECEIVED_FIRST = "received_at, id"
DUE_FIRST = "next_due, id"
NEAR, ALL = 2_000, -1
"""How many of those that hold a word are looked at: first the newest, which mostly fill a page, and then all."""
COUNTED = 1000
"""No list needs to be counted further than this."""
_NUMBER = re.compile(r"(?:SA)?(\d{8}-\d*)|SA(\d{1,8})", re.IGNORECASE)
_WHOLE = re.compile(r"SA\d{8}-\d{4,}")
_EQUAL = ("kind", "stage", "category", "merchant", "assignee", "unit", "township", "source")
_COMPARED = (
    ("received_at", ">=", "received_from"),
    ("received_at", "<", "received_to"),
    ("next_due", ">=", "due_from"),
    ("next_due", "<", "due_before"),
)


@dataclass(frozen=True)
class Filter:
    """What to list; empty fields do not filter.

    `urgent` is the least urgency, `fresh` what whoever has it has not opened; `due_from` and `due_before` are days.
    """

    kind: str = ""
    stage: str = ""
    category: str = ""
    merchant: str = ""
    assignee: str = ""
    unit: str = ""
    township: str = ""
    source: str = ""
    urgent: int = 0
    unread: bool = False
    fresh: bool = False
    open: bool = False
    unregistered: bool = False
    text: str = ""
    received_from: str = ""
    received_to: str = ""
    due_from: str = ""
    due_before: str = ""


def _where(tx: Tx, chosen: Filter, reach: int = ALL) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {name: getattr(chosen, name) for name in _EQUAL if getattr(chosen, name)}
    parts = [f"{name} = :{name}" for name in values]
    # As the indexes of such rows say it: a value that is bound is no reason to take one.
    parts += ["urgency > 0", f"urgency >= {int(chosen.urgent)}"] if chosen.urgent else []
    parts += [f"{name} = 1" for name in ("unread", "fresh", "open") if getattr(chosen, name)]
    parts += ["external_number = ''"] * chosen.unregistered
    if number := number_begun(chosen.text):
        values["number"] = number
        parts.append("number = :number" if _WHOLE.fullmatch(number) else "number >= :number and number < :beyond")
        values |= {} if _WHOLE.fullmatch(number) else {"beyond": number[:-1] + chr(ord(number[-1]) + 1)}
    elif chosen.text:
        condition, asked = tx.holding(chosen.text, reach)
        values |= asked
        parts.append(condition)
    for column, sign, name in _COMPARED:
        if getattr(chosen, name):
            values[name] = getattr(chosen, name)
            parts.append(f"{column} {sign} :{name}")
    return (" where " + " and ".join(parts) if parts else ""), values


def number_begun(text: str) -> str:
    """The number that `text` is, or the beginning of one (``sa202611``, ``20261123-00``); '' when it is neither."""
    found = _NUMBER.fullmatch(text)
    return f"SA{found[1] or found[2]}" if found else ""


def search(tx: Tx, chosen: Filter, *, order: str = NEWEST_FIRST, after: str = "", limit: int = 50) -> Page[Submission]:
    """Those that the filter chooses; the order is one of those above, and numbers that begin alike come by number."""
    if order == NEWEST_FIRST and number_begun(chosen.text):
        order = "number desc"
    found: Page[Submission] = Page()
    # In any other order the first may be among the oldest.
    for reach in (NEAR, ALL) if chosen.text and order == NEWEST_FIRST else (ALL,):
        where, values = _where(tx, chosen, reach)
        sql = f"select * from submission{where}"  # noqa: S608 - values are bound
        found = page(tx, sql, order, of_row, after=after, limit=limit, **values)
        if found.next:
            break
    return found


def count(tx: Tx, chosen: Filter, most: int = COUNTED) -> int:
    """How many the filter chooses, counted no further than `most`."""
    found = 0
    for reach in (NEAR, ALL) if chosen.text else (ALL,):
        where, values = _where(tx, chosen, reach)
        sql = f"select count(*) from (select 1 from submission{where} limit :most) as counted"  # noqa: S608
        found = int(tx.value(sql, most=most, **values))
        if found == most:
            break
    return found


def stages_of(tx: Tx, chosen: Filter, most: int = COUNTED) -> Counter[str]:
    """How many of those that the filter chooses stand in each stage, together counted no further than `most`."""
    where, values = _where(tx, chosen)
    sql = f"select stage from submission{where} limit :most"  # noqa: S608 - values are bound
    return Counter(row["stage"] for row in tx.all(sql, most=most, **values))
