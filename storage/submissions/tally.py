"""How many submissions have which value of a column: kept by the commit that changes one, never counted."""

from collections.abc import Mapping

from storage.engine.database import Tx

KEPT = ("stage", "unit", "rating")
"""The columns; one without a value, '' or 0, is not counted."""
Counts = dict[tuple[str, str], int]
"""(column, value) -> how many more."""


def move(tx: Tx, before: Mapping[str, object], after: Mapping[str, object]) -> None:
    """What a row had in these columns, and has; a name that is missing in `after` has not changed."""
    for name in KEPT:
        if name in after and before.get(name) != after[name]:
            _add(tx, name, before.get(name), -1)
            _add(tx, name, after[name], 1)


def _add(tx: Tx, name: str, value: object, by: int) -> None:
    if value:
        counted: Counts = tx.late.get(_keep, {})
        tx.late[_keep] = counted | {(name, str(value)): counted.get((name, str(value)), 0) + by}


def _keep(tx: Tx, counted: Counts) -> None:
    for (name, value), by in counted.items():
        tx.put(
            "insert into tally (name, value, n) values (:name, :value, :by) "
            "on conflict (name, value) do update set n = tally.n + excluded.n",
            name=name,
            value=value,
            by=by,
        )


def of(tx: Tx, name: str) -> dict[str, int]:
    """Value -> how many have it; one that none has any more stays with 0."""
    rows = tx.all("select value, n from tally where name = :name order by value", name=name)
    return {row["value"]: int(row["n"]) for row in rows}
