"""PostgreSQL 15 or later, where a bureau outgrows one machine: several nodes on one database."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import sql as compose
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from storage.engine import remedies, words
from storage.engine.dialect import Number
from storage.engine.pipelined import WRITERS, PostgresSession, translated
from storage.engine.session import BUSY_SECONDS, IN_USE, Row, Session, parents_first
from storage.errors import StorageError, Unavailable

log = logging.getLogger("shian.storage")
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
        with translated():
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
