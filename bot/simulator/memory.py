"""What the platform remembers: small JSON rows and blobs in SQLite, by kind and key."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SCHEMA = """
create table if not exists kept (
    seq integer primary key,
    kind text not null,
    key text not null,
    owner text not null,
    value text not null,
    content blob,
    unique (kind, key)
);
create index if not exists kept_by_owner on kept (kind, owner, seq);
"""

_PUT = """
insert into kept (kind, key, owner, value, content) values (?, ?, ?, ?, ?)
on conflict (kind, key) do update set owner = excluded.owner, value = excluded.value,
    content = coalesce(excluded.content, content)
"""


class Memory:
    """Rows by kind and key, in the order of their first writing.

    `file` None keeps everything in memory. One connection, shared by all threads under a lock;
    durability is not sought, since this only stands in for the platform.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(str(file) if file else ":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(_SCHEMA)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One caller at a time, committed together at the end; may be entered again inside."""
        with self._lock:
            if self._depth == 0:
                self._db.execute("begin")
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    # Also after a refusal: its quota has been counted and must stay counted.
                    self._db.execute("commit")

    def put(self, kind: str, key: str, value: dict[str, Any], *, owner: str = "", content: bytes | None = None) -> None:
        """Write a row; a content given earlier stays unless a new one is given."""
        text = json.dumps(value, ensure_ascii=False)
        with self._lock:
            self._db.execute(_PUT, (kind, key, owner, text, content))

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        """The row's value, or None."""
        row = self._one("select value from kept where kind = ? and key = ?", kind, key)
        return None if row is None else _load(row[0])

    def content(self, kind: str, key: str) -> bytes | None:
        """The row's blob, or None."""
        row = self._one("select content from kept where kind = ? and key = ?", kind, key)
        return None if row is None else row[0]

    def drop(self, kind: str, key: str) -> None:
        """Forget the row, if there is one."""
        with self._lock:
            self._db.execute("delete from kept where kind = ? and key = ?", (kind, key))

    def rows(self, kind: str, *, owner: str | None = None, last: int = -1) -> list[tuple[str, dict[str, Any]]]:
        """(key, value) of every row of the kind, of one owner if given, the `last` n only if given."""
        clause, values = ("", [kind]) if owner is None else (" and owner = ?", [kind, owner])
        with self._lock:
            found = self._db.execute(
                f"select key, value from kept where kind = ?{clause} order by seq desc limit ?",  # noqa: S608
                (*values, last),
            ).fetchall()
        return [(key, _load(value)) for key, value in reversed(found)]

    def count_up(self, name: str) -> int:
        """The next number of a counter, from 1."""
        with self.turn():
            number = self.counted(name) + 1
            self.put("counter", name, {"n": number})
            return number

    def counted(self, name: str) -> int:
        """How far a counter has come; 0 when it never started."""
        row = self.get("counter", name)
        return 0 if row is None else int(row["n"])

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    def _one(self, sql: str, *values: str) -> Any:
        with self._lock:
            return self._db.execute(sql, values).fetchone()


def _load(text: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(text)
    return value
