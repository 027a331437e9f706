"""What people must do (待办) because nothing else can."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.database import Row, Tx
from storage.engine.paging import Page, page
from storage.engine.times import moment, stamped


@dataclass(frozen=True)
class Task:
    """Something that people must do (待办), with the day by which it is due."""

    id: str
    cause: str
    kind: str
    submission: str
    number: str
    title: str
    body: str
    due_on: str
    state: str
    how: str
    happened_at: datetime | None
    note: str
    done_by: str
    done_at: datetime | None
    created_at: datetime
    version: int
    missing: tuple[str, ...] = ()


def add(
    tx: Tx,
    kind: str,
    submission: str,
    cause: str,
    *,
    title: str,
    body: str,
    due_on: date,
    missing: Sequence[str] = (),
) -> bool:
    """Open a task; False when there is one of that cause already. One that closed by itself opens again.

    `missing` are names of fields that it asks for.
    """
    return bool(
        tx.run(
            "insert into task "
            "(id, kind, submission, cause, title, body, due_on, state, how, note, done_by, created_at, missing) "
            "values (:id, :kind, :submission, :cause, :title, :body, :due, 'open', '', '', '', :at, :missing) "
            "on conflict (submission, kind, cause) do update set state = 'open', how = '', happened_at = null, "
            "done_by = '', done_at = null, version = task.version + 1, updated_at = excluded.created_at "
            "where task.state = 'done' and task.how = 'arrived'",
            id=tx.new_id(),
            kind=kind,
            submission=submission,
            cause=cause,
            title=title,
            body=body,
            due=due_on.isoformat(),
            at=tx.stamp,
            missing=" ".join(missing),
        )
    )


def _task(row: Row) -> Task:
    return Task(
        id=row["id"],
        cause=row["cause"],
        kind=row["kind"],
        submission=row["submission"],
        number=row["number"],
        title=row["title"],
        body=row["body"],
        due_on=row["due_on"],
        state=row["state"],
        how=row["how"],
        happened_at=moment(row["happened_at"]) if row["happened_at"] else None,
        note=row["note"],
        done_by=row["done_by"],
        done_at=moment(row["done_at"]) if row["done_at"] else None,
        created_at=moment(row["created_at"]),
        version=int(row["version"]),
        missing=tuple(row["missing"].split()),
    )


_SELECT = "select t.*, s.number from task t join submission s on s.id = t.submission"


def find(tx: Tx, id: str) -> Task | None:
    row = tx.one(f"{_SELECT} where t.id = :id", id=id)
    return _task(row) if row else None


def _of_kinds(kinds: Collection[str]) -> tuple[str, dict[str, str]]:
    """The condition that an open task is of one of them; of any, without one."""
    values = {f"kind{n}": kind for n, kind in enumerate(kinds)}
    among = f" and t.kind in ({', '.join(f':{name}' for name in values)})" if values else ""
    return f"where t.state = 'open'{among}", values


def open_ones(tx: Tx, kinds: Collection[str] = (), *, after: str = "", limit: int = 200) -> Page[Task]:
    """Those of these kinds, or of all; the most pressing first."""
    where, values = _of_kinds(kinds)
    return page(tx, f"{_SELECT} {where}", "due_on, id", _task, after=after, limit=limit, **values)


def count_open(tx: Tx, kinds: Collection[str] = ()) -> int:
    """How many of these kinds, or of all, are open."""
    where, values = _of_kinds(kinds)
    return int(tx.value(f"select count(*) from task t {where}", **values))  # noqa: S608 - values are bound


def of(tx: Tx, submission: str) -> list[Task]:
    """Open ones first."""
    rows = tx.all(f"{_SELECT} where t.submission = :s order by t.state desc, t.due_on, t.id", s=submission)
    return [_task(row) for row in rows]


def change(tx: Tx, before: Task, **values: object) -> Task:
    """Compare-and-set on `version`; raises Conflict when somebody else was first."""
    tx.change("task", before.id, before.version, f"task {before.id}", **stamped(values))
    after = find(tx, before.id)
    assert after is not None
    return after


def open_of_cause(tx: Tx, kind: str, submission: str, cause: str = "") -> Task | None:
    """The open task of a cause."""
    row = tx.one(
        f"{_SELECT} where t.kind = :kind and t.submission = :s and t.cause = :cause and t.state = 'open'",
        kind=kind,
        s=submission,
        cause=cause,
    )
    return _task(row) if row else None
