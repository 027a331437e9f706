"""The one way to the database: `write(fn)` and `read()`.

One writer thread per process runs every `fn` in a savepoint of its own inside a transaction that it
commits for all who wait. A synced commit costs far more than the rows in it, so commits are shared:
while one is on its way to the disk, the next group gathers.
"""

import logging
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import sqlite_utils

from storage.engine.sealing import Vault
from storage.engine.times import new_id, stamp, utc_now
from storage.errors import Conflict, StorageError, Unavailable
from storage.migrations import MIGRATIONS

T = TypeVar("T")
Row = dict[str, Any]
log = logging.getLogger("shian.storage")

BUSY_SECONDS = 4.0
"""How long a writer waits for another process's transaction: below WeChat's five seconds."""
GROUP = 64
"""The most writes one commit carries."""


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Conflict(f"the database refused a row: {error}") from error
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        if "no such" in str(error) or "syntax" in str(error):
            raise
        raise Unavailable(f"the database cannot be used now: {error}; check the disk and try again") from error


class Tx:
    """One transaction (or snapshot): SQL with ``:named`` parameters, the vault and the time it began."""

    def __init__(self, connection: sqlite_utils.Database, vault: Vault, now: datetime) -> None:
        self._connection = connection
        self.vault = vault
        self.now = now

    @property
    def stamp(self) -> str:
        """`now` as it is stored."""
        return stamp(self.now)

    def new_id(self) -> str:
        return new_id(self.now)

    def _execute(self, sql: str, values: Mapping[str, Any]) -> sqlite3.Cursor:
        with _translated():
            return self._connection.execute(sql, dict(values))

    def all(self, sql: str, **values: Any) -> list[Row]:
        cursor = self._execute(sql, values)
        names = [column[0] for column in cursor.description]
        with _translated():
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def one(self, sql: str, **values: Any) -> Row | None:
        rows = self.all(sql, **values)
        return rows[0] if rows else None

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, **values)
        return next(iter(row.values())) if row else None

    def run(self, sql: str, **values: Any) -> int:
        """Execute a change; returns the number of rows it touched."""
        return self._execute(sql, values).rowcount

    def insert(self, table: str, **values: Any) -> None:
        columns = ", ".join(values)
        self.run(f"insert into {table} ({columns}) values ({', '.join(':' + c for c in values)})", **values)  # noqa: S608 - names are ours

    def insert_all(self, table: str, rows: Sequence[Row]) -> None:
        """Insert rows of the same columns, in one statement."""
        if rows:
            columns = ", ".join(rows[0])
            marks = ", ".join(":" + column for column in rows[0])
            with _translated():
                self._connection.conn.executemany(f"insert into {table} ({columns}) values ({marks})", rows)  # noqa: S608

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
            raise Conflict(f"{name} was changed by somebody else meanwhile; look at it again")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block wrote when it raises; what came before it stays."""
        with _translated(), self._connection.atomic():
            yield


class _Job(Generic[T]):
    def __init__(self, fn: Callable[[Tx], T]) -> None:
        self.fn = fn
        self.future: Future[T] = Future()

    def run(self, tx: Tx) -> Callable[[], None]:
        """Run in a savepoint; what it returns tells the caller, once the commit is on disk."""
        try:
            with tx.savepoint():
                result = self.fn(tx)
        except Exception as error:  # noqa: BLE001 - handed to the caller, whoever it is
            failure = error
            return lambda: self.future.set_exception(failure)
        return lambda: self.future.set_result(result)


@dataclass(frozen=True)
class _Connection:
    """An open connection, and which file it has open."""

    database: sqlite_utils.Database
    inode: int


class Database:
    """A SQLite database file. Raises `Unavailable` when it cannot be used now."""

    def __init__(self, path: Path, vault: Vault, clock: Callable[[], datetime] = utc_now) -> None:
        self.path = path
        self.vault = vault
        self.clock = clock
        self._jobs: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._local = threading.local()
        self._start = threading.Lock()
        self._writer: threading.Thread | None = None

    def _connect(self) -> sqlite_utils.Database:
        with _translated():
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            database = sqlite_utils.Database(connection)
            for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on"):
                connection.execute(f"pragma {pragma}")
        return database

    def migrate(self) -> list[str]:
        """Bring the schema up to date; returns the names of the migrations that were applied."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database = self._connect()
        try:
            with _translated():
                pending = [step.name for step in MIGRATIONS.pending(database)]
                MIGRATIONS.apply(database)
            return pending
        finally:
            database.conn.close()

    def pending(self) -> list[str]:
        """Names of migrations not applied yet."""
        with _translated():
            return [step.name for step in MIGRATIONS.pending(self._mine("reader"))]

    def _mine(self, name: str) -> sqlite_utils.Database:
        """This thread's connection under a name."""
        usable = self._usable(getattr(self._local, name, None))
        setattr(self._local, name, usable)
        return usable.database

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A snapshot: every query in the block sees the same moment."""
        database = self._mine("reader")
        if database.conn.in_transaction:
            yield Tx(database, self.vault, self.clock())
            return
        now = self.clock()
        with _translated():
            database.conn.execute("begin")
        try:
            yield Tx(database, self.vault, now)
        finally:
            with _translated():
                database.conn.execute("rollback")

    def peek(self, fn: Callable[[Tx], T], now: datetime) -> T:
        """Run one query outside any transaction; for the clock itself, which every other way asks first."""
        return fn(Tx(self._mine("clock"), self.vault, now))

    def write(self, fn: Callable[[Tx], T], timeout: float = 30.0) -> T:
        """Run `fn` in a transaction and return its result once it is on disk.

        An exception of `fn` undoes its writes and is raised here. Raises `Unavailable` when nothing
        could be committed within `timeout` seconds.
        """
        with self._start:
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_for_all, name="writer", daemon=True)
                self._writer.start()
            # Under the lock: `close` must not stop the writer between the look and the queue.
            job = _Job(fn)
            self._jobs.put(job)
        try:
            return job.future.result(timeout)
        except TimeoutError:
            job.future.cancel()
            raise Unavailable(f"the database {self.path.name} was busy for {timeout:g} s; try again") from None

    def close(self) -> None:
        """Commit what waits and stop the writer."""
        with self._start:
            if self._writer is not None:
                self._jobs.put(None)
                self._writer.join(BUSY_SECONDS * 2)
                self._writer = None
        for name in list(vars(self._local)):
            getattr(self._local, name).database.conn.close()
            delattr(self._local, name)

    def _write_for_all(self) -> None:
        held: _Connection | None = None
        while (first := self._jobs.get()) is not None:
            group, last = self._gather(first)
            try:
                held = self._usable(held)
                for tell in self._commit(held.database, group):
                    tell()
            except Exception as error:  # noqa: BLE001 - told to all who wait; the writer itself must go on
                log.error("nothing was written: %s", error)
                for job in group:
                    if not job.future.done():
                        job.future.set_exception(Unavailable(str(error)) if isinstance(error, StorageError) else error)
            if last:
                break
        if held is not None:
            held.database.conn.close()

    def _gather(self, first: _Job[Any]) -> tuple[list[_Job[Any]], bool]:
        group, last = [first], False
        with suppress(queue.Empty):
            while len(group) < GROUP and not last:
                job = self._jobs.get_nowait()
                last = job is None
                if job is not None:
                    group.append(job)
        return [job for job in group if job.future.set_running_or_notify_cancel()], last

    def _usable(self, held: _Connection | None) -> _Connection:
        """A connection to the file that is there now; a new one when it was replaced under the old one.

        SQLite goes on writing happily to a file that was deleted: what it commits then is lost.
        """
        try:
            there = os.stat(self.path).st_ino
        except FileNotFoundError:
            raise Unavailable(f"the database {self.path} is missing; run `init`, or restore a backup") from None
        if held is not None and (held.inode == there or held.database.conn.in_transaction):
            return held
        if held is not None:
            held.database.conn.close()
        return _Connection(self._connect(), there)

    def _commit(self, database: sqlite_utils.Database, group: list[_Job[Any]]) -> list[Callable[[], None]]:
        with _translated():
            database.conn.execute("begin immediate")
        try:
            told = []
            for job in group:
                told.append(job.run(Tx(database, self.vault, self.clock())))
                if not database.conn.in_transaction:
                    # A full disk makes SQLite roll the whole transaction back by itself: whoever comes
                    # after would commit alone and be told that nothing was written.
                    raise Unavailable("the database undid every write of this moment; check the disk and try again")
            with _translated():
                database.conn.execute("commit")
        except BaseException:
            if database.conn.in_transaction:
                database.conn.execute("rollback")
            raise
        return told


def containing(text: str) -> str:
    """The pattern of ``like :p escape '\\'`` for what contains `text`: no character of it is a wildcard."""
    for special in "\\%_":
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"


def open_database(url: str, vault: Vault, clock: Callable[[], datetime] = utc_now) -> Database:
    """The database that ``[storage] url`` names, e.g. ``sqlite:///var/shian.db``."""
    scheme, separator, rest = url.partition(":///")
    if scheme != "sqlite" or not separator or not rest:
        raise StorageError(f"[storage] url {scheme}:… is not supported by this version; use sqlite:///path/to/file.db")
    return Database(Path(rest), vault, clock)
