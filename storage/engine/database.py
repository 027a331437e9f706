"""The one way to the database: `write(fn)` and `read()`.

One writer thread per process runs every `fn` in a savepoint of its own inside a transaction that it
commits for all who wait. A synced commit costs far more than the rows in it, so commits are shared:
while one is on its way to the disk, the next group gathers.
"""

import logging
import queue
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from storage.engine import schema
from storage.engine.sealing import Vault
from storage.engine.session import BUSY_SECONDS, Engine, Row, Session
from storage.engine.sqlite import Sqlite
from storage.engine.times import utc_now
from storage.engine.transaction import Late, Tx, containing
from storage.errors import Stale, StorageError, Unavailable

__all__ = ["Database", "Row", "Tx", "containing", "open_database"]

T = TypeVar("T")
log = logging.getLogger("shian.storage")

GROUP = 64
"""The most writes one commit carries."""


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
