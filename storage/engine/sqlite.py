"""SQLite: the embedded default, one file with a write-ahead log."""

import fcntl
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import sqlite_utils

from storage.engine import words
from storage.engine.session import AT_ONCE, BUSY_SECONDS, IN_USE, Row, Session, parents_first
from storage.errors import Conflict, Unavailable

log = logging.getLogger("shian.storage")
PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "foreign_keys=on",
    "secure_delete=on",  # what is erased is overwritten
    "wal_autocheckpoint=10000",  # pages; a page that changes often is copied home less often
)
ANALYSED = 1000
"""Rows of each index that `analyze` reads: some twenty milliseconds with a million submissions."""
MISTAKES = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE, sqlite3.SQLITE_TOOBIG}
"""Primary codes of what is wrong with the question, not with the database."""


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Conflict(f"数据库拒绝了一行：{error}") from error
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in MISTAKES:
            raise
        raise Unavailable(f"数据库现在不能用（{error}），请检查磁盘后再试") from error


class SqliteSession:
    """A connection, and which file it has open."""

    def __init__(self, connection: sqlite3.Connection, inode: int) -> None:
        self.connection = connection
        self.inode = inode
        self.database = sqlite_utils.Database(connection)

    @property
    def in_transaction(self) -> bool:
        return self.connection.in_transaction

    def query(self, sql: str, values: Row) -> list[Row]:
        with _translated():
            cursor = self.database.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def stream(self, sql: str, values: Row) -> Iterator[list[tuple[Any, ...]]]:
        with _translated():
            cursor = self.connection.execute(sql, values)
            while rows := cursor.fetchmany(AT_ONCE):
                yield rows

    def run(self, sql: str, values: Row) -> int:
        with _translated():
            return self.database.execute(sql, values).rowcount

    def put(self, sql: str, values: Row) -> None:
        self.run(sql, values)

    def run_many(self, sql: str, rows: Sequence[Row]) -> None:
        with _translated():
            self.connection.executemany(sql, rows)

    def begin(self, *, write: bool) -> None:
        with _translated():
            self.connection.execute("begin immediate" if write else "begin")

    def commit(self) -> None:
        with _translated():
            self.connection.execute("commit")

    def rollback(self) -> None:
        if self.connection.in_transaction:
            with _translated():
                self.connection.execute("rollback")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        with _translated(), self.database.atomic():
            yield

    def script(self, sql: str) -> None:
        # Not executescript, which commits first.
        statement = ""
        for line in sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self.run(statement, {})
                statement = ""

    def close(self) -> None:
        self.connection.close()


class FileLead:
    """A lock on a file beside the database, which the system lets go when its process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def held(self) -> bool:
        if self._file is None:
            file = self._path.open("ab")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            self._file = file
            log.info("this worker leads")
        return True

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class Sqlite:
    """A database file. Several processes of one machine may share it."""

    words = words.SqliteWords()

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @property
    def name(self) -> str:
        return self.path.name

    def create(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch()

    def session(self, held: Session | None = None) -> SqliteSession:
        """SQLite goes on writing happily to a file that was deleted: what it commits then is lost."""
        try:
            there = os.stat(self.path).st_ino
        except FileNotFoundError:
            raise Unavailable(f"数据库 {self.path} 不存在，请运行 init，或从备份恢复") from None
        if isinstance(held, SqliteSession):
            if held.inode == there or held.in_transaction:
                return held
            held.close()
        return self._opened(there, *PRAGMAS)

    def _opened(self, inode: int, *pragmas: str) -> SqliteSession:
        with _translated():
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            for pragma in pragmas:
                connection.execute(f"pragma {pragma}")
        return SqliteSession(connection, inode)

    @contextmanager
    def alone(self) -> Iterator[SqliteSession]:
        # In this mode the first read locks the file, which fails while any other connection is open.
        session = self._opened(os.stat(self.path).st_ino, "locking_mode=exclusive")
        session.connection.text_factory = lambda text: text.decode(errors="surrogateescape")
        try:
            session.begin(write=False)
            self._take(session)
            yield session
        finally:
            session.rollback()
            session.close()

    @contextmanager
    def reader(self, name: str = "reader") -> Iterator[SqliteSession]:
        session = self.session(getattr(self._local, name, None))
        setattr(self._local, name, session)
        yield session

    def _take(self, session: SqliteSession) -> None:
        with _translated():
            try:
                session.connection.execute("select 1 from sqlite_master")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                raise Unavailable(IN_USE.format(self.name)) from error

    def lead(self) -> FileLead:
        return FileLead(self.path.with_name(f"{self.path.name}.worker"))

    def tables(self, session: Session) -> set[str]:
        sql = "select name from sqlite_master where type = 'table'"
        return {row["name"] for row in session.query(sql, {}) if not row["name"].startswith(words.PREFIX)}

    def layout(self, session: Session) -> dict[str, list[str]]:
        names = self.tables(session)
        columns = {name: [row["name"] for row in session.query(f"pragma table_info({name})", {})] for name in names}
        links = {name: session.query(f"pragma foreign_key_list({name})", {}) for name in names}
        return parents_first(columns, ((name, row["table"]) for name, rows in links.items() for row in rows))

    def analyze(self, session: Session) -> None:
        # Not what the index of words keeps: with the numbers of a day when it was small, each write reads all of it.
        ours = "".join(f"analyze {name};\n" for name in sorted(self.tables(session)))
        session.script(f"pragma analysis_limit = {ANALYSED};\n{ours}")
        session.run("delete from sqlite_stat1 where tbl glob :theirs", {"theirs": f"{words.PREFIX}*"})

    def settle(self, session: Session) -> None:
        self.words.create(session)

    def close(self) -> None:
        for name in list(vars(self._local)):
            getattr(self._local, name).close()
            delattr(self._local, name)
