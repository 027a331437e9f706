"""PostgreSQL 15 or later, where a bureau outgrows one machine: several nodes on one database."""

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import psycopg
from psycopg import sql as compose
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo, TransactionStatus
from psycopg.rows import dict_row, tuple_row
from psycopg_pool import ConnectionPool

from storage.engine import remedies, words
from storage.engine.dialect import Number, dialect, value
from storage.engine.session import AT_ONCE, BUSY_SECONDS, IN_USE, Row, Session, parents_first
from storage.errors import Conflict, Stale, StorageError, Unavailable

log = logging.getLogger("shian.storage")
WRITERS = 0x5348_4941_4E
"""The advisory lock under which one process writes at a time, as with the one file of SQLite."""
WORKERS = WRITERS + 1
"""The one that the leading worker holds."""
READERS = 24
"""The most connections to read with, a process."""
TIMEOUTS: dict[str, str | int] = {
    "connect_timeout": int(BUSY_SECONDS),
    "tcp_user_timeout": int(BUSY_SECONDS * 1000),
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "options": f"-c lock_timeout={int(BUSY_SECONDS * 1000)}",
    "application_name": "shianshao",
}
_OTHERS = """
select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
and application_name = current_setting('application_name') limit 1
"""
"""A connection of another process of ours, or of another thread."""


_COLUMNS = """
select table_name as "table", column_name as name from information_schema.columns
where table_schema = current_schema() and is_generated = 'NEVER' order by table_name, ordinal_position
"""
_REFERENCES = """
select child.relname as child, parent.relname as parent from pg_constraint link
join pg_class child on child.oid = link.conrelid join pg_class parent on parent.oid = link.confrelid
where link.contype = 'f' and link.connamespace = current_schema()::regnamespace and child.oid <> parent.oid
"""


@contextmanager
def _translated(connection: psycopg.Connection[Row] | None = None) -> Iterator[None]:
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
        self._cursor = connection.cursor()
        self._streams = count()

    @property
    def in_transaction(self) -> bool:
        return self.connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def _execute(self, sql: str, values: Row) -> psycopg.Cursor[Row]:
        with _translated(self.connection):
            given = {name: value(given) for name, given in values.items()}
            # What is asked outside of transactions is asked seldom, and must hear of other tables.
            return self._cursor.execute(dialect(sql), given, prepare=self.in_transaction)

    def query(self, sql: str, values: Row) -> list[Row]:
        return self._execute(sql, values).fetchall()

    def stream(self, sql: str, values: Row) -> Iterator[list[tuple[Any, ...]]]:
        name, given = f"stream{next(self._streams)}", {name: value(given) for name, given in values.items()}
        with _translated(self.connection), self.connection.cursor(name, row_factory=tuple_row) as cursor:
            cursor.execute(dialect(sql), given)
            while rows := cursor.fetchmany(AT_ONCE):
                yield rows

    def run(self, sql: str, values: Row) -> int:
        return self._execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Sequence[Row]) -> None:
        given = [{name: value(given) for name, given in row.items()} for row in rows]
        with _translated(self.connection), self.connection.cursor() as cursor:
            cursor.executemany(dialect(sql), given)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows with COPY, in the transaction that is open. Raises StorageError for a row that is not taken."""
        names = compose.SQL(", ").join(map(compose.Identifier, columns))
        statement = compose.SQL("copy {} ({}) from stdin").format(compose.Identifier(table), names)
        refusals = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.RaiseException)
        with _translated(self.connection):
            try:
                with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
                    for row in rows:
                        copy.write_row(row)
            except refusals as error:
                said = error.diag.message_primary or str(error)
                raise StorageError(f"表 {table} 里有一行 PostgreSQL 不收：{said}；请改正这一行再运行") from error

    def begin(self, *, write: bool) -> None:
        with _translated(self.connection):
            if write:
                self.connection.execute(f"begin; select pg_advisory_xact_lock({WRITERS})")
            else:
                self.connection.execute("begin isolation level repeatable read, read only")

    def commit(self) -> None:
        with _translated(self.connection):
            self.connection.execute("commit")

    def rollback(self) -> None:
        if self.in_transaction:
            with _translated(self.connection):
                self.connection.execute("rollback")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        with _translated(self.connection):
            self.connection.execute("savepoint job")
        try:
            yield
        except BaseException:
            if self.in_transaction:
                self.script("rollback to savepoint job; release savepoint job")
            raise
        with _translated(self.connection):
            self.connection.execute("release savepoint job")

    def script(self, sql: str) -> None:
        with _translated(self.connection):
            self.connection.execute(sql)

    def close(self) -> None:
        self.connection.close()


class ServerLead:
    """An advisory lock of a session of its own: the server lets it go when that session ends."""

    def __init__(self, engine: "Postgres") -> None:
        self._engine = engine
        self._session: PostgresSession | None = None
        self._asking = threading.Lock()

    def held(self) -> bool:
        with self._asking:
            try:
                if self._session is not None:
                    self._session.query("select 1", {})
                    return True
                session = self._engine.session()
                if session.query(f"select pg_try_advisory_lock({WORKERS}) as mine", {})[0]["mine"]:
                    self._session = session
                    log.info("this worker leads")
                    return True
                session.close()
            except Unavailable:
                self._drop()
            return False

    def release(self) -> None:
        with self._asking:
            self._drop()

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _parts(url: str) -> dict[str, Any]:
    """What a URL says. Raises StorageError, which shows nothing of it: a password may stand anywhere."""
    with suppress(psycopg.ProgrammingError):
        if not remedies.misshapen(url):
            return conninfo_to_dict(url)
    raise StorageError(f"[storage] url 不是数据库的网址：{remedies.SHAPE}")


def _defaults() -> dict[str, str]:
    """What libpq takes where a URL says nothing: the system's user, and PGUSER and its like."""
    return {option.keyword.decode(): option.val.decode() for option in Conninfo.get_defaults() if option.val}


class Postgres:
    """A database on a server, by its URL."""

    words = words.PostgresWords()

    def __init__(self, url: str) -> None:
        known = _parts(url)
        told = {"host": "localhost", "user": ""} | _defaults() | known
        self._known = {"user": told["user"], "host": told["host"], "database": told.get("dbname", told["user"])}
        self.name = "{database} @ {host}".format_map(self._known)
        self._conninfo = make_conninfo(url, **{key: value for key, value in TIMEOUTS.items() if key not in known})
        self._local = threading.local()
        self._opening = threading.Lock()
        self._pool: ConnectionPool[psycopg.Connection[Row]] | None = None

    def create(self) -> None:
        """Nothing: the server's administrator makes the database."""

    def _connected(self, connection: psycopg.Connection[Row]) -> None:
        connection.adapters.register_loader("numeric", Number)

    def session(self, held: Session | None = None) -> PostgresSession:
        if isinstance(held, PostgresSession):
            if not held.connection.closed:
                return held
            held.close()
        try:
            connection = psycopg.connect(self._conninfo, autocommit=True, row_factory=dict_row)
        except psycopg.Error as error:
            raise Unavailable(remedies.refused(str(error), self._known)) from error
        info = connection.info
        if unfit := remedies.unfit(info.server_version, info.parameter_status("server_encoding") or "", self._known):
            connection.close()
            raise StorageError(unfit)
        self._connected(connection)
        return PostgresSession(connection)

    def _readers(self) -> ConnectionPool[psycopg.Connection[Row]]:
        if self._pool is None:
            self.session().close()  # says why not; a pool says only that it waited
        with self._opening:
            if self._pool is None:
                self._pool = ConnectionPool(
                    self._conninfo,
                    kwargs={"autocommit": True, "row_factory": dict_row},
                    min_size=1,
                    max_size=READERS,
                    timeout=BUSY_SECONDS,
                    configure=self._connected,
                    check=ConnectionPool.check_connection,
                    open=True,
                )
            return self._pool

    @contextmanager
    def reader(self, name: str = "reader") -> Iterator[PostgresSession]:
        held: PostgresSession | None = getattr(self._local, name, None)
        if held is not None:
            yield held
            return
        pool = self._readers()
        with _translated():
            connection = pool.getconn()
        session = PostgresSession(connection)
        setattr(self._local, name, session)
        try:
            yield session
        finally:
            delattr(self._local, name)
            pool.putconn(connection)

    @contextmanager
    def alone(self) -> Iterator[PostgresSession]:
        session = self.session()
        try:
            deadline = time.monotonic() + BUSY_SECONDS  # one that was just closed is seen a moment longer
            while session.query(_OTHERS, {}):
                if time.monotonic() > deadline:
                    raise Unavailable(IN_USE.format(self.name))
                time.sleep(0.05)
            session.begin(write=True)
            yield session
        finally:
            session.rollback()
            session.close()

    def lead(self) -> ServerLead:
        return ServerLead(self)

    def tables(self, session: Session) -> set[str]:
        sql = "select tablename as name from pg_tables where schemaname = current_schema()"
        return {row["name"] for row in session.query(sql, {}) if not row["name"].startswith(words.PREFIX)}

    def layout(self, session: Session) -> dict[str, list[str]]:
        ours = self.tables(session)
        columns: dict[str, list[str]] = {}
        for row in session.query(_COLUMNS, {}):
            if row["table"] in ours:
                columns.setdefault(row["table"], []).append(row["name"])
        links = session.query(_REFERENCES, {})
        return parents_first(columns, ((row["child"], row["parent"]) for row in links if row["child"] in ours))

    def analyze(self, session: Session) -> None:
        """Nothing: the server does it by itself."""

    def settle(self, session: Session) -> None:
        """Text sorts by code points, as in SQLite, whatever the database was made with: ranges and pages rely on it."""
        self.words.create(session)
        unsettled = session.query(
            "select table_name, column_name from information_schema.columns where table_schema = current_schema() "
            "and data_type = 'text' and collation_name is distinct from 'C' order by table_name, column_name",
            {},
        )
        for column in unsettled:
            names = compose.Identifier(column["table_name"]), compose.Identifier(column["column_name"])
            statement = compose.SQL('alter table {} alter column {} type text collate "C"').format(*names)
            session.script(statement.as_string())

    def close(self) -> None:
        with self._opening:
            if self._pool is not None:
                self._pool.close()
                self._pool = None
