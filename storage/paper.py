"""Papers of a case as they were made, and the numbers of their series. Who handed the case in is in none of them."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.database import Row, Tx
from storage.engine.times import moment


@dataclass(frozen=True)
class Paper:
    """A paper that was made; `kind` is its code, `text` its lines (content/papers/texts.py)."""

    id: str
    submission: str
    kind: str
    title: str
    number: str
    made_by: str
    made_at: datetime
    text: str


def next_number(tx: Tx, series: str, year: int) -> int:
    """Take the next number of a series; those of another year begin with 1."""
    taken = tx.one(
        "insert into paper_number (series, year, last) values (:series, :year, 1) "
        "on conflict (series, year) do update set last = paper_number.last + 1 returning last",
        series=series,
        year=year,
    )
    assert taken is not None
    return int(taken["last"])


def add(tx: Tx, submission: str, *, kind: str, title: str, number: str, by: str, text: str) -> Paper:
    """Keep a paper of the submission of that id."""
    made = Paper(tx.new_id(), submission, kind, title, number, by, tx.now, text)
    tx.insert("paper", **vars(made) | {"made_at": tx.stamp})
    return made


def _paper(row: Row) -> Paper:
    return Paper(**row | {"made_at": moment(row["made_at"])})


def of(tx: Tx, submission: str) -> list[Paper]:
    """In the order in which they were made."""
    return [_paper(row) for row in tx.all("select * from paper where submission = :s order by id", s=submission)]


def find(tx: Tx, id: str) -> Paper | None:
    row = tx.one("select * from paper where id = :id", id=id)
    return _paper(row) if row else None
