"""A connection to PostgreSQL: what nobody waits for is sent along with what is asked next."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from typing import Any

import psycopg
from psycopg import Pipeline
from psycopg import sql as compose
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from storage.engine import remedies
from storage.engine.dialect import dialect, value
from storage.engine.session import AT_ONCE, Row
from storage.errors import Conflict, Stale, StorageError, Unavailable

WRITERS = 0x5348_4941_4E
"""The advisory lock under which one process writes at a time, as with the one file of SQLite."""
OPEN = (TransactionStatus.INTRANS, TransactionStatus.INERROR, TransactionStatus.ACTIVE)
"""In a pipeline a transaction is always active."""


@contextmanager
def translated(connection: psycopg.Connection[Row] | None = None) -> Iterator[None]:
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        if connection is None:
            raise
        text, info = error.diag.message_primary or str(error), connection.info
        raise StorageError(remedies.no_right(text, info.user, info.dbname)) from error
    except psycopg.errors.FeatureNotSupported as error:
        if connection is None:
            raise
        # A ``select *`` that was prepared before its table got a column: a new session has none.
        connection.close()
        raise Stale(f"数据库刚升级过，表与先前不同（{error}），请再试一次") from error
    except psycopg.IntegrityError as error:
        raise Conflict(f"数据库拒绝了一行：{error.diag.message_primary or error}") from error
    except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError) as error:
        what = " ".join(str(error).split())
        raise Unavailable(f"数据库现在不能用（{what}），请检查数据库服务器后再试") from error


class PostgresSession:
    """A connection whose transactions we begin and end ourselves."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self.connection = connection
        self._asking, self._putting = connection.cursor(), connection.cursor()
        self._names, self._streaming = count(), 0
        self._snapshot = False
        self._pipeline: Pipeline | None = None
        self._leave = ExitStack()
        self._unread = False
        """Whether something was put of which nothing has been heard."""

    @property
    def in_transaction(self) -> bool:
        return self.connection.info.transaction_status in OPEN

    def _execute(self, cursor: psycopg.Cursor[Row], sql: str, values: Row) -> None:
        given = {name: value(given) for name, given in values.items()}
        # What is asked outside of transactions is asked seldom, and must hear of other tables.
        cursor.execute(dialect(sql), given, prepare=self.in_transaction)

    def query(self, sql: str, values: Row) -> list[Row]:
        with translated(self.connection):
            self._execute(self._asking, sql, values)
            found = self._asking.fetchall()
            self._unread = False
            return found

    def put(self, sql: str, values: Row) -> None:
        with translated(self.connection):
            if self._pipeline is None and not self._streaming:
                self._pipeline = self._leave.enter_context(self.connection.pipeline())
            self._execute(self._putting, sql, values)
            self._unread = True

    def _settle(self) -> None:
        """Hear of all that was put; raises the first error."""
        with translated(self.connection):
            if self._pipeline is not None:
                self._pipeline.sync()
            self._unread = False

    def _one_by_one(self) -> None:
        """Hear likewise, and go on without a pipeline, where nothing but single statements with values can be sent."""
        self._pipeline, self._unread = None, False
        with translated(self.connection):
            self._leave.close()

    def stream(self, sql: str, values: Row) -> Iterator[list[tuple[Any, ...]]]:
        self._one_by_one()
        name, given = f"stream{next(self._names)}", {name: value(given) for name, given in values.items()}
        with translated(self.connection), self.connection.cursor(name, row_factory=tuple_row) as cursor:
            cursor.execute(dialect(sql), given)
            self._streaming += 1
            try:
                while rows := cursor.fetchmany(AT_ONCE):
                    yield rows
            finally:
                self._streaming -= 1

    def run(self, sql: str, values: Row) -> int:
        with translated(self.connection):
            self._execute(self._asking, sql, values)
            self._settle()
            return self._asking.rowcount

    def run_many(self, sql: str, rows: Sequence[Row]) -> None:
        given = [{name: value(given) for name, given in row.items()} for row in rows]
        with translated(self.connection), self.connection.cursor() as cursor:
            cursor.executemany(dialect(sql), given)
            self._unread = True

    def load(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows with COPY, in the transaction that is open. Raises StorageError for a row that is not taken."""
        self._one_by_one()
        names = compose.SQL(", ").join(map(compose.Identifier, columns))
        statement = compose.SQL("copy {} ({}) from stdin").format(compose.Identifier(table), names)
        refusals = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.RaiseException)
        with translated(self.connection):
            try:
                with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
                    for row in rows:
                        copy.write_row(row)
            except refusals as error:
                said = error.diag.message_primary or str(error)
                raise StorageError(f"表 {table} 里有一行 PostgreSQL 不收：{said}；请改正这一行再运行") from error

    def begin(self, *, write: bool) -> None:
        self._snapshot = not write
        with translated(self.connection):
            if write:
                self.connection.execute(f"begin; select pg_advisory_xact_lock({WRITERS})")
            else:
                self.connection.execute("begin isolation level repeatable read, read only")

    def commit(self) -> None:
        with translated(self.connection):
            self.connection.execute("commit")
        self._one_by_one()

    def rollback(self) -> None:
        with suppress(StorageError):
            self._one_by_one()
        if self.connection.pgconn.pipeline_status:
            self.close()
        if self.in_transaction:
            with translated(self.connection):
                # Whatever was prepared is dropped by a rollback, and a snapshot has nothing to undo.
                self.connection.execute("commit" if self._snapshot else "rollback")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        if self._unread:
            self._settle()
        self.put("savepoint job", {})
        try:
            yield
            self.put("release savepoint job", {})
            self._settle()
        except BaseException:
            with suppress(StorageError):
                self._one_by_one()
            if self.in_transaction:
                self.script("rollback to savepoint job; release savepoint job")
            raise

    def script(self, sql: str) -> None:
        self._one_by_one()
        with translated(self.connection):
            self.connection.execute(sql)

    def close(self) -> None:
        self.connection.close()
