"""The one way to the database: `write(fn)` and `read()`.

One writer thread per process runs every `fn` in a savepoint of its own inside a transaction that it
commits for all who wait. A synced commit costs far more than the rows in it, so commits are shared:
while one is on its way to the disk, the next group gathers.
"""

import logging
import queue
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

from storage.engine import schema
from storage.engine.sealing import Vault
from storage.engine.session import BUSY_SECONDS, Engine, Row, Session
from storage.engine.sqlite import Sqlite
from storage.engine.times import new_id, stamp, utc_now
from storage.engine.words import WordIndex
from storage.errors import Conflict, Stale, StorageError, Unavailable

__all__ = ["Database", "Row", "Tx", "containing", "open_database"]

T = TypeVar("T")
log = logging.getLogger("shian.storage")

GROUP = 64
"""The most writes one commit carries."""


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

    def insert(self, table: str, **values: Any) -> None:
        self.run(_insert(table, values), **values)

    def inserted(self, table: str, **values: Any) -> Row:
        """Insert; returns the row as it is stored, with what was left to the database."""
        (row,) = self.all(f"{_insert(table, values)} returning *", **values)
        return row

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


class _Job(Generic[T]):
    def __init__(self, fn: Callable[[Tx], T]) -> None:
        self.fn = fn
        self.future: Future[T] = Future()

    def run(self, tx: Tx) -> Callable[[], None]:
        """Run in a savepoint; what it returns tells the caller, once the commit is on disk."""
        try:
            with tx.savepoint():
                result = self.fn(tx)
        except Stale:
            raise
        except Exception as error:  # noqa: BLE001 - handed to the caller, whoever it is
            failure = error
            return lambda: self.future.set_exception(failure)
        return lambda: self.future.set_result(result)


class Database:
    """The memory of one office. Raises `Unavailable` when it cannot be used now."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime] = utc_now) -> None:
        self.engine = engine
        self.vault = vault
        self.clock = clock
        self._jobs: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._start = threading.Lock()
        self._writer: threading.Thread | None = None

    def _tx(self, session: Session, now: datetime, late: Late | None = None) -> Tx:
        return Tx(session, self.vault, now, self.engine.words, {} if late is None else late)

    def migrate(self, only: Collection[str] = ()) -> list[str]:
        """Bring the schema up to date, or to what `only` these migrations make; returns the names of those applied."""
        self.engine.create()
        session = self.engine.session()
        try:
            # One transaction: a schema is of one version or the other, whenever the power fails.
            session.begin(write=True)
            done = schema.bring(self.engine, session, self.vault, only)
            session.commit()
            return done
        finally:
            session.rollback()
            session.close()

    def analyze(self) -> None:
        """Let queries be planned by the size that the tables have now."""
        self.write(lambda tx: self.engine.analyze(tx._session))

    def pending(self) -> list[str]:
        """Names of migrations not applied yet."""
        with self.engine.reader() as session:
            return schema.pending(self.engine, session)

    def unknown(self) -> dict[str, bool]:
        """Migrations that a newer version applied -> whether this one can go on beside it."""
        with self.engine.reader() as session:
            return schema.unknown(self.engine, session)

    def tables(self) -> set[str]:
        """The names of the tables that are there."""
        with self.engine.reader() as session:
            return self.engine.tables(session)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A snapshot: every query in the block sees the same moment."""
        with self.engine.reader() as session:
            if session.in_transaction:
                yield self._tx(session, self.clock())
                return
            now = self.clock()
            session.begin(write=False)
            try:
                yield self._tx(session, now)
            finally:
                session.rollback()

    def peek(self, fn: Callable[[Tx], T], now: datetime) -> T:
        """Run one query outside any transaction; for the clock itself, which every other way asks first."""
        with self.engine.reader("clock") as session:
            return fn(self._tx(session, now))

    def write(self, fn: Callable[[Tx], T], timeout: float = 30.0) -> T:
        """Run `fn` in a transaction and return its result once it is on disk.

        An exception of `fn` undoes its writes and is raised here. After a migration by another process `fn`
        may run twice, of which the first time leaves nothing. Raises `Unavailable` when nothing could be
        committed within `timeout` seconds.
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
            raise Unavailable(f"数据库 {self.engine.name} 有 {timeout:g} 秒一直在忙，请稍后再试") from None

    def close(self) -> None:
        """Commit what waits and stop the writer."""
        with self._start:
            if self._writer is not None:
                self._jobs.put(None)
                self._writer.join(BUSY_SECONDS * 2)
                self._writer = None
        self.engine.close()

    def _write_for_all(self) -> None:
        held: Session | None = None
        while (first := self._jobs.get()) is not None:
            group, last = self._gather(first)
            try:
                held = self._store(held, group)
            except Exception as error:  # noqa: BLE001 - told to all who wait; the writer itself must go on
                log.error("nothing was written: %s", error)
                for job in group:
                    if not job.future.done():
                        job.future.set_exception(Unavailable(str(error)) if isinstance(error, StorageError) else error)
            if last:
                break
        if held is not None:
            held.close()

    def _gather(self, first: _Job[Any]) -> tuple[list[_Job[Any]], bool]:
        group, last = [first], False
        with suppress(queue.Empty):
            while len(group) < GROUP and not last:
                job = self._jobs.get_nowait()
                last = job is None
                if job is not None:
                    group.append(job)
        return [job for job in group if job.future.set_running_or_notify_cancel()], last

    def _store(self, held: Session | None, group: list[_Job[Any]]) -> Session:
        """Commit and tell; returns the session to go on with."""
        session = self._begun(held)
        try:
            told = self._commit(session, group)
        except Stale:
            session = self._begun(session)
            told = self._commit(session, group)
        for tell in told:
            tell()
        return session

    def _begun(self, held: Session | None) -> Session:
        """A session that may write now. One that was cut off meanwhile is replaced: nothing was asked of it yet."""
        session = self.engine.session(held)
        try:
            session.begin(write=True)
        except Unavailable:
            session.rollback()
            fresh = self.engine.session(session)
            if fresh is session:
                raise
            fresh.begin(write=True)
            return fresh
        return session

    def _commit(self, session: Session, group: list[_Job[Any]]) -> list[Callable[[], None]]:
        late: Late = {}
        try:
            told = []
            for job in group:
                told.append(job.run(self._tx(session, self.clock(), late)))
                if not session.in_transaction:
                    # A full disk makes SQLite roll the whole transaction back by itself: whoever comes
                    # after would commit alone and be told that nothing was written.
                    raise Unavailable("数据库撤销了这一刻的全部写入，请检查磁盘后再试")
            for write, newest in late.items():
                write(self._tx(session, self.clock()), newest)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        return told


def containing(text: str) -> str:
    """The pattern of ``like :p escape '\\'`` for what contains `text`: no character of it is a wildcard."""
    for special in "\\%_":
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"


def open_database(url: str, vault: Vault, clock: Callable[[], datetime] = utc_now) -> Database:
    """The database that ``[storage] url`` names: ``sqlite:///var/shian.db`` or ``postgresql://user@host/name``."""
    return Database(_engine(url), vault, clock)


def _engine(url: str) -> Engine:
    scheme, _, rest = url.partition(":")
    if scheme == "sqlite" and rest.startswith("///") and rest != "///":
        return Sqlite(Path(rest.removeprefix("///")))
    if scheme in ("postgresql", "postgres"):
        from storage.engine.postgresql import Postgres  # the driver weighs, and SQLite needs none

        return Postgres(url)
    raise StorageError(
        f"[storage] url {scheme}:… 不是本系统能用的数据库；请写成 sqlite:///路径/文件.db 或 postgresql://用户:密码@主机/库名"
    )
