"""What an office took in of the State Council's notices on holidays: the days that are not as the week has them."""

from datetime import date

from storage.engine.database import Tx


def put(tx: Tx, day: date, *, works: bool, name: str) -> bool:
    """Keep a day; False when it is known like that already."""
    return bool(
        tx.run(
            "insert into calendar_day (day, works, name, taken_at) values (:day, :works, :name, :at) "
            "on conflict (day) do update "
            "set works = excluded.works, name = excluded.name, taken_at = excluded.taken_at "
            "where calendar_day.works <> excluded.works or calendar_day.name <> excluded.name",
            day=day.isoformat(),
            works=int(works),
            name=name,
            at=tx.stamp,
        )
    )


def edition(tx: Tx) -> str:
    """Tells one state of the table from another; '' while there is nothing in it."""
    row = tx.one("select count(*) as n, max(taken_at) as at from calendar_day")
    return f"{row['n']} {row['at']}" if row and row["n"] else ""


def days(tx: Tx) -> dict[date, tuple[bool, str]]:
    """Day -> (works, the holiday's name or '')."""
    rows = tx.all("select day, works, name from calendar_day order by day")
    return {date.fromisoformat(row["day"]): (bool(row["works"]), row["name"]) for row in rows}
