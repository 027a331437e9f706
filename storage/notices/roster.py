"""The duty roster (值班表): who is called on which duty day, in which order."""

from collections.abc import Sequence
from datetime import date, timedelta

from storage.engine.database import Tx


def order(tx: Tx, day: date) -> tuple[str, ...]:
    """The accounts to call on a duty day, first to last; those that were disabled since are left out."""
    rows = tx.all(
        "select d.staff from duty d join staff s on s.name = d.staff "
        "where d.day = :day and s.disabled = 0 order by d.position",
        day=day.isoformat(),
    )
    return tuple(row["staff"] for row in rows)


def orders(tx: Tx, first: date, days: int) -> dict[date, tuple[str, ...]]:
    """The order of each of so many days; () for an empty one."""
    return {day: order(tx, day) for day in (first + timedelta(days=n) for n in range(days))}


def replace(tx: Tx, day: date, names: Sequence[str], *, actor: str) -> None:
    """Set the order of a day anew; no names make it empty."""
    tx.run("delete from duty where day = :day", day=day.isoformat())
    for position, name in enumerate(names, start=1):
        tx.insert("duty", day=day.isoformat(), position=position, staff=name, set_by=actor, set_at=tx.stamp)
