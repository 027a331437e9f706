"""When each scheduled tick last ran, and how far the demo's clock has been moved."""

from datetime import datetime, timedelta

from storage.engine.database import Tx
from storage.engine.times import moment, stamp


def last(tx: Tx, name: str) -> datetime | None:
    at = tx.value("select ran_at from tick where name = :name", name=name)
    return moment(at) if at else None


def every(tx: Tx) -> dict[str, datetime]:
    """When each tick that ever ran did so last."""
    return {row["name"]: moment(row["ran_at"]) for row in tx.all("select name, ran_at from tick order by name")}


def ran(tx: Tx, name: str) -> None:
    tx.upsert("tick", "name", name=name, ran_at=tx.stamp)


def bring_back(tx: Tx, table: str, column: str, at: datetime) -> None:
    """No moment of that column stays behind `at`."""
    tx.run(f"update {table} set {column} = :at where {column} > :at", at=stamp(at))  # noqa: S608 - names are ours


def clock_offset(tx: Tx) -> timedelta:
    return timedelta(seconds=int(tx.value("select offset_seconds from demo_clock where id = 1") or 0))


def move_clock(tx: Tx, by: timedelta) -> None:
    tx.run(
        "insert into demo_clock (id, offset_seconds) values (1, :s) "
        "on conflict (id) do update set offset_seconds = demo_clock.offset_seconds + excluded.offset_seconds",
        s=int(by.total_seconds()),
    )
