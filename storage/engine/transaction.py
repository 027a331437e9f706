"""One transaction: what everything that stores or asks is given."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from typing import Any

from storage.engine.sealing import Vault
from storage.engine.session import Row, Session
from storage.engine.times import new_id, stamp
from storage.engine.words import WordIndex
from storage.errors import Conflict

Late = dict[Callable[["Tx", Any], None], Any]


class Tx:
    """One transaction (or snapshot): SQL with ``:named`` parameters, the vault and the time it began."""

    def __init__(self, session: Session, vault: Vault, now: datetime, words: WordIndex, late: Late) -> None:
        self._session = session
        self._words = words
        self.vault = vault
        self.now = now
        self.late = late
        """What is written once, before the commit that many share: who writes it, and the newest value."""

    @property
    def stamp(self) -> str:
        """`now` as it is stored."""
        return stamp(self.now)

    def new_id(self) -> str:
        return new_id(self.now)

    def all(self, sql: str, **values: Any) -> list[Row]:
        return self._session.query(sql, _clean(values))

    def one(self, sql: str, **values: Any) -> Row | None:
        rows = self.all(sql, **values)
        return rows[0] if rows else None

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, **values)
        return next(iter(row.values())) if row else None

    def stream(self, sql: str, **values: Any) -> Iterator[tuple[Any, ...]]:
        """All rows as they are, without holding them in memory; for as long as this transaction is open."""
        return chain.from_iterable(self._session.stream(sql, _clean(values)))

    def run(self, sql: str, **values: Any) -> int:
        """Execute a change; returns the number of rows it touched."""
        return self._session.run(sql, _clean(values))

    def put(self, sql: str, **values: Any) -> None:
        """Execute a change for which nobody waits: what is refused is raised with what is asked next, or when the
        savepoint ends.
        """
        self._session.put(sql, _clean(values))

    def insert(self, table: str, **values: Any) -> Row:
        """Returns the values as they are stored. Refusals are raised as of `put`."""
        row = _clean(values)
        self._session.put(_insert(table, row), row)
        return row

    def upsert(self, table: str, *key: str, **values: Any) -> None:
        """Insert, or give these values to the row of the same `key`. Refusals are raised as of `put`."""
        given = ", ".join(f"{name} = excluded.{name}" for name in values if name not in key)
        self.put(f"{_insert(table, values)} on conflict ({', '.join(key)}) do update set {given}", **values)

    def insert_all(self, table: str, rows: Sequence[Row]) -> None:
        """Insert rows of the same columns, in one statement."""
        if rows:
            self._session.run_many(_insert(table, rows[0]), [_clean(row) for row in rows])

    def change(self, table: str, id: str, version: int, name: str, /, **values: Any) -> None:
        """Compare-and-set of a row with `version` and `updated_at`.

        Raises Conflict, which calls the row `name`, when somebody else was first.
        """
        assignments = "".join(f"{column} = :{column}, " for column in values)
        touched = self.run(
            f"update {table} set {assignments}version = version + 1, updated_at = :at "  # noqa: S608 - names are ours
            "where id = :id and version = :version",
            **values,
            at=self.stamp,
            id=id,
            version=version,
        )
        if not touched:
            raise Conflict(f"{name} 刚才被别人改过，请看过最新的再改")

    def holding(self, text: str, reach: int = -1) -> tuple[str, dict[str, Any]]:
        """SQL on ``submission.id``, and its parameters: the submissions that hold every word of `text`.

        With a `reach` only so many of them, the newest, where the engine looks at fewer then.
        """
        asked = self._words.asked(text)
        return (self._words.condition, {"words": asked, "reach": reach}) if asked else ("1 = 0", {})

    def put_words(self, texts: Mapping[str, str]) -> None:
        """Let submissions be found by the words of these texts, under their ids."""
        self._words.put(self._session, texts)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block wrote when it raises; what came before it stays."""
        before = dict(self.late)
        try:
            with self._session.savepoint():
                yield
        except BaseException:
            self.late.clear()
            self.late.update(before)
            raise


def _clean(values: Row) -> Row:
    """Without NUL, which PostgreSQL does not store and where SQLite ends a text when it searches."""
    if not any(value.__class__ is str and "\0" in value for value in values.values()):
        return values
    return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in values.items()}


def _insert(table: str, columns: Collection[str]) -> str:
    marks = ", ".join(f":{column}" for column in columns)
    return f"insert into {table} ({', '.join(columns)}) values ({marks})"  # noqa: S608 - names are ours


def containing(text: str) -> str:
    """The pattern of ``like :p escape '\\'`` for what contains `text`: no character of it is a wildcard."""
    for special in "\\%_":
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"
