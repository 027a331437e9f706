"""From any database to an empty PostgreSQL, table by table, each compared before it is committed.

Nobody else may have the source open, and it is only read. Until the end the target carries the table MOVING, under
which nothing starts; a move that was broken off is repeated, and goes on with the first table that differs.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b

from storage.engine.database import Database
from storage.engine.pipelined import PostgresSession
from storage.engine.postgresql import Postgres
from storage.engine.session import MOVING, Session
from storage.errors import StorageError

_WHOSE = f"select installation from {MOVING}"  # noqa: S608 - names are ours
Cells = tuple[object, ...]


@dataclass
class Sum:
    """Rows and the sum of their digests, the same in whatever order and from whatever engine they come."""

    rows: int = 0
    digest: int = 0

    def add(self, row: Cells) -> None:
        self.rows += 1
        self.digest += int.from_bytes(blake2b(repr(row).encode(), digest_size=16).digest())


def prepare(target: Database, installation: str) -> None:
    """Make the schema at the target. Raises StorageError unless it is empty, or of a broken-off move of this one."""
    with _session(target) as session:
        session.begin(write=True)
        there = target.engine.tables(session)
        if not there:
            session.script(f"create table {MOVING} (installation text primary key)")
            session.run(f"insert into {MOVING} values (:name)", {"name": installation})  # noqa: S608 - names are ours
            session.commit()
        elif MOVING not in there or session.query(_WHOSE, {}) != [{"installation": installation}]:
            raise StorageError(
                f"目标数据库 {target.engine.name} 里已有表（已经搬完，或属于另一个安装），没有动它；"
                "请换一个空的数据库，以服务器管理员运行 createdb"
            )
    target.migrate()


@contextmanager
def _session(target: Database) -> Iterator[PostgresSession]:
    if not isinstance(target.engine, Postgres):
        raise StorageError("只能搬到 PostgreSQL：请给出 postgresql://用户:密码@主机/库名")
    session = target.engine.session()
    try:
        yield session
    finally:
        session.rollback()
        session.close()


def tables(target: Database, there: Collection[str]) -> dict[str, list[str]]:
    """Every table of the target that the source has as well -> its columns, each behind those that it refers to."""
    with _session(target) as session:
        return {name: columns for name, columns in target.engine.layout(session).items() if name in there}


def count(source: Session, names: Collection[str]) -> int:
    """How many rows there are in these tables."""
    return sum(source.query(f"select count(*) as n from {name}", {})[0]["n"] for name in names)  # noqa: S608


class Move:
    """One move; `step` hears of rows that were read, each of which is read on both sides."""

    def __init__(self, source: Session, target: Database, step: Callable[[int], object]) -> None:
        self.source = source
        self.target = target
        self.step = step
        self.cleaned = 0
        """Texts that lost NUL characters, or bytes that were no UTF-8."""

    def run(self, columns: dict[str, list[str]]) -> None:
        """Bring over what differs, and take the mark away. Raises StorageError, which names the table."""
        with _session(self.target) as session:
            for table, names in columns.items():
                if not self._same(session, table, names):
                    self._copy(session, table, names)
            session.script("analyze")
            session.script(f"drop table {MOVING}")

    def _same(self, session: PostgresSession, table: str, names: Sequence[str]) -> bool:
        if count(self.source, [table]) != count(session, [table]):
            return False
        session.begin(write=False)
        before = self.cleaned
        same = self._sum(self._clean(self.source, table, names)) == self._sum(self._rows(session, table, names))
        session.rollback()
        if not same:
            self.cleaned = before
        return same

    def _copy(self, session: PostgresSession, table: str, names: Sequence[str]) -> None:
        sent = Sum()

        def told() -> Iterator[Cells]:
            for row in self._clean(self.source, table, names):
                sent.add(row)
                yield row

        session.begin(write=True)
        try:
            session.script(f"truncate {table} cascade")
            session.load(table, names, told())
            if self._sum(self._rows(session, table, names)) != sent:
                raise StorageError(f"表 {table} 搬过去后与原来的不同，没有留下；请检查目标数据库（触发器、编码）再运行")
            session.commit()
        finally:
            session.rollback()

    def _sum(self, rows: Iterator[Cells]) -> Sum:
        total = Sum()
        for row in rows:
            total.add(row)
        return total

    def _rows(self, session: Session, table: str, names: Sequence[str]) -> Iterator[Cells]:
        for some in session.stream(f"select {', '.join(names)} from {table}", {}):  # noqa: S608 - names are ours
            yield from some
            self.step(len(some))

    def _clean(self, session: Session, table: str, names: Sequence[str]) -> Iterator[Cells]:
        """Rows as PostgreSQL takes them."""
        for row in self._rows(session, table, names):
            shown = repr(row)
            # Quick to see in what repr escapes; most rows have none.
            yield tuple(map(self._plain, row)) if "\\x00" in shown or "\\ud" in shown else row

    def _plain(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        plain = value.encode(errors="surrogateescape").decode(errors="replace").replace("\0", "")
        self.cleaned += plain != value
        return plain
