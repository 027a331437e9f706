"""What belongs to the submissions of a page, or to all of them in order, asked for once and not row by row."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, starmap
from operator import itemgetter
from typing import Any, TypeVar

from storage.engine.database import Row, Tx

T = TypeVar("T")
_END = ("\U0010ffff", iter(()))
"""Sorts behind every id."""


def rows(tx: Tx, select: str, ids: Iterable[str], then: str = "") -> list[Row]:
    """The rows of `select` whose column ``submission`` is one of `ids`; `then` is what follows the condition."""
    values = {f"id{at}": id for at, id in enumerate(ids)}
    marks = ", ".join(f":{name}" for name in values)
    return tx.all(f"{select} where submission in ({marks}) {then}", **values) if values else []


def along(rows: Iterator[tuple[Any, ...]], make: Callable[..., T]) -> Callable[[str], list[T]]:
    """What belongs to submissions that are asked for in the order of their ids, none of it held longer than that.

    `rows` begin with the submission and come in the same order; `make` is given the columns of each.
    """
    groups = groupby(rows, itemgetter(0))
    at, group = next(groups, _END)

    def of(id: str) -> list[T]:
        nonlocal at, group
        while at < id:
            at, group = next(groups, _END)
        return list(starmap(make, group)) if at == id else []

    return of
