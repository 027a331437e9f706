"""Lists a page at a time, from where the page before ended: what is added meanwhile shifts nothing."""

import base64
import binascii
import hmac
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from storage.engine.database import Row, Tx
from storage.errors import BadCursor

T = TypeVar("T")
MARK = 16


class Page(list[T]):
    """Rows of a list; `next` is the cursor that the page after them is asked for with, '' at the end."""

    def __init__(self, rows: Iterable[T] = (), next: str = "") -> None:
        super().__init__(rows)
        self.next = next


def page(
    tx: Tx, sql: str, order: str, make: Callable[[Row], T], *, after: str = "", limit: int, **values: Any
) -> Page[T]:
    """One page of what `sql` selects, each row as `make` reads it.

    `order` names columns of `sql` that together tell any two rows apart, as in ``urgency desc, id``.
    Raises BadCursor when `after` is not the `next` of a page in this order.
    """
    keys = [key.partition(" ") for key in order.split(", ")]
    ended = _read(tx, order, after) if after else []
    where = f" where {_beyond([(name, '<' if way == 'desc' else '>') for name, _, way in keys])}" if after else ""
    rows = tx.all(
        f"select * from ({sql}) as listed{where} order by {order} limit :limit",  # noqa: S608 - names are ours
        limit=limit + 1,
        **values,
        **{f"after{at}": value for at, value in enumerate(ended)},
    )
    more = len(rows) > limit
    return Page(
        map(make, rows[:limit]), _write(tx, order, [rows[limit - 1][name] for name, *_ in keys]) if more else ""
    )


def _beyond(keys: list[tuple[str, str]]) -> str:
    """The rows after the cursor, key by key: SQL compares several at once in one direction only."""
    condition = ""
    for at, (name, sign) in reversed(list(enumerate(keys))):
        tie = f" or ({name} = :after{at} and {condition})" if condition else ""
        condition = f"({name} {sign} :after{at}{tie})"
    return condition


def _write(tx: Tx, order: str, keys: list[str | int]) -> str:
    text = json.dumps(keys, separators=(",", ":"))
    return base64.urlsafe_b64encode(f"{_mark(tx, order, text)}{text}".encode()).decode().rstrip("=")


def _read(tx: Tx, order: str, cursor: str) -> list[str | int]:
    """What `_write` wrote. It is marked with the key file, so that no other value reaches the database."""
    try:
        written = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode()
    except (ValueError, binascii.Error):
        raise BadCursor("翻页的游标不完整，或不是这里给出的，请从第一页看起") from None
    mark, text = written[:MARK], written[MARK:]
    if not hmac.compare_digest(mark.encode(), _mark(tx, order, text).encode()):
        raise BadCursor("翻页的游标属于另一个列表或另一把密钥，请从第一页看起")
    keys: list[str | int] = json.loads(text)
    return keys


def _mark(tx: Tx, order: str, text: str) -> str:
    return tx.vault.digest(f"{order}:{text}", "cursor")[:MARK]
