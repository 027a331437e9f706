"""The registers as tables again: the columns of their files, and how each row stands today."""

from collections.abc import Iterator
from datetime import date

from content.registers.imports import COLUMNS
from handlers.registers import disclosure
from storage.engine.database import Tx
from storage.registers import listing as listings
from storage.registers import penalty as penalties
from storage.registers.listing import Listing
from storage.registers.penalty import Penalty

STATE = "当前状态"
YES_NO = {True: "是", False: "否"}


def columns(register: str) -> tuple[str, ...]:
    """The names of the columns of a register, which its import takes again, and of the one that is ours."""
    return (*(column.names[0] for column in COLUMNS[register].values()), STATE)


def every_penalty(tx: Tx, today: date) -> Iterator[dict[str, str]]:
    """All penalties, the oldest first, each shown (公示中), restored (已修复), revoked (已撤销) or not shown."""
    return (_row("penalties", one, _of_penalty(one, today)) for one in penalties.every(tx))


def every_listing(tx: Tx, today: date) -> Iterator[dict[str, str]]:
    """All entries of the list of serious violations, the oldest first, each in force (在列) or not."""
    return (_row("listings", one, _of_listing(one, today)) for one in listings.every(tx))


def _row(register: str, record: Penalty | Listing, state: str) -> dict[str, str]:
    values = {column.names[0]: getattr(record, key) for key, column in COLUMNS[register].items()}
    return {name: YES_NO.get(value, value) for name, value in values.items()} | {STATE: state}


def _of_penalty(penalty: Penalty, today: date) -> str:
    if disclosure.is_undone(penalty, today):
        return "已撤销" if penalty.revoked_on and penalty.revoked_on <= today.isoformat() else "已修复"
    return "公示中" if disclosure.is_shown(penalty, today) else "不公示"


def _of_listing(entry: Listing, today: date) -> str:
    if disclosure.in_force(entry, today):
        return "在列"
    day = today.isoformat()
    if entry.decided_on > day:
        return "还未列入"
    return "已移出" if entry.removed_on and entry.removed_on <= day else "已届满"
