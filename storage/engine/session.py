"""What differs between databases: how a session is opened, what its verbs are called, how its errors read.

SQL is written once, with ``:named`` parameters, for SQLite; `storage/engine/postgresql.py` says what it makes of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from storage.engine.words import WordIndex

Row = dict[str, Any]

BUSY_SECONDS = 4.0
"""How long one waits for another process's transaction, or for the server: below WeChat's five seconds."""
IN_USE = "数据库 {} 还有进程开着（run、serve、work 或别的命令）；请先停下服务（systemctl stop shian），再运行"
MOVING = "moving"
"""The table at the target of a move that is not done; its row names the installation."""
AT_ONCE = 1000
"""Rows that a stream holds in memory."""


def parents_first(columns: dict[str, list[str]], references: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The tables in an order in which they can be filled; `references` are (child, parent)."""
    order = TopologicalSorter[str]({name: () for name in columns})
    for child, parent in references:
        if child != parent:
            order.add(child, parent)
    return {name: columns[name] for name in order.static_order()}


class Session(Protocol):
    """One connection. Every verb raises Conflict or Unavailable, or the driver's own error for a mistake in SQL."""

    @property
    def in_transaction(self) -> bool: ...
    def query(self, sql: str, values: Row) -> list[Row]: ...
    def stream(self, sql: str, values: Row) -> Iterator[list[tuple[Any, ...]]]:
        """All rows, some at a time, within the transaction that is open; several at once do not mind each other."""
        ...

    def run(self, sql: str, values: Row) -> int:
        """Execute a change; returns the number of rows it touched."""
        ...

    def put(self, sql: str, values: Row) -> None:
        """Execute a change for which nobody waits: what is wrong with it is raised with what is asked next, or when the
        savepoint ends.
        """
        ...

    def run_many(self, sql: str, rows: Sequence[Row]) -> None: ...
    def begin(self, *, write: bool) -> None:
        """To write: once no other process does. To read: every query sees the moment of the first."""
        ...

    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def savepoint(self) -> AbstractContextManager[object]: ...
    def script(self, sql: str) -> None:
        """Several statements, each of which ends a line, within the transaction that is open."""
        ...

    def close(self) -> None: ...


class Lead(Protocol):
    """What one process has and no other, until it ends: a clock that jumps or a kill takes it from nobody else."""

    def held(self) -> bool:
        """Whether this process has it now; asked without it, takes it if it is free."""
        ...

    def release(self) -> None: ...


class Engine(Protocol):
    """A kind of database at one place."""

    @property
    def name(self) -> str:
        """As errors call it; no secret in it."""
        ...

    @property
    def words(self) -> "WordIndex": ...

    def create(self) -> None:
        """Make room for a new database, where that is ours to do."""
        ...

    def session(self, held: Session | None = None) -> Session:
        """`held`, if it still works, or a new one. Raises Unavailable."""
        ...

    def reader(self, name: str = "reader") -> AbstractContextManager[Session]:
        """This thread's session to read with, the same one for whoever asks within; another under another name."""
        ...

    def alone(self) -> AbstractContextManager[Session]:
        """A session to read with while no other process of ours has the database open, or could write to it.

        Its texts are told as they are: what is no UTF-8 stands as surrogates. Raises Unavailable.
        """
        ...

    def lead(self) -> Lead:
        """The lead among the workers of this database."""
        ...

    def tables(self, session: Session) -> set[str]:
        """Those of the migrations; what an engine keeps for itself is not among them."""
        ...

    def layout(self, session: Session) -> dict[str, list[str]]:
        """Each of `tables` -> its columns, behind those that it refers to."""
        ...

    def analyze(self, session: Session) -> None:
        """Let the planner know how large the tables have become, where it does not find out by itself."""
        ...

    def settle(self, session: Session) -> None:
        """What a schema needs besides the migrations."""
        ...

    def close(self) -> None: ...
