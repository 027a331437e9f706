"""What psycopg is given of our SQL and values, and what comes back: as with SQLite, word for word."""

import re
from functools import lru_cache
from typing import Any

from psycopg.adapt import Loader

_DIFFERS = re.compile(r"'(?:[^']|'')*'|(?<![:\w]):([a-z_]\w*)|%|\blike\b")


class Number(Loader):
    """Sums are whole numbers and averages floats, as in SQLite; never Decimal."""

    def load(self, data: Any) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


@lru_cache(2048)
def dialect(sql: str) -> str:
    """SQL as psycopg takes it. LIKE pays no heed to the case of letters, as in SQLite."""

    def change(found: re.Match[str]) -> str:
        text = found[0]
        if found[1]:
            return f"%({found[1]})s"
        return "ilike" if text == "like" else text.replace("%", "%%")

    return _DIFFERS.sub(change, sql)


def value(given: Any) -> Any:
    """Truth is 0 or 1, and a text is nothing but text: psycopg would take a StrEnum for an enum of the database's."""
    if given.__class__ in (str, int, float, type(None)):
        return given
    if isinstance(given, bool):
        return int(given)
    return str(given) if isinstance(given, str) else given
