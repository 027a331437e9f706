"""Submissions that may belong together: for the desk only, nothing of it may reach a chat."""

from datetime import datetime

from storage.engine.database import Row, Tx
from storage.engine.times import stamp
from storage.submissions import submission
from storage.submissions.submission import Submission

_COLUMNS = "number, kind, stage, merchant, description, received_at"


def about_the_same(tx: Tx, found: Submission, since: datetime, limit: int) -> list[Row]:
    """Other submissions since then about the same registered business, or under the very same name, newest first."""
    same = [name for name in ("business", "merchant") if getattr(found, name)]
    if not same:
        return []
    return tx.all(
        " union ".join(_the_latest(name) for name in same) + " order by received_at desc, id desc limit :limit",
        id=found.id,
        since=stamp(since),
        business=found.business,
        merchant=found.merchant,
        limit=limit,
    )


def _the_latest(name: str) -> str:
    """Of those with the same in that column no more than are asked for: a shop may have thousands."""
    # The index of businesses leaves out those that are none of the register.
    return (
        f"select * from (select id, {_COLUMNS} from submission "  # noqa: S608 - names are ours
        f"where {name} = :{name} and {name} <> '' and received_at >= :since and id <> :id "
        f"order by received_at desc, id desc limit :limit) as by_{name}"
    )


def joined(tx: Tx, found: Submission) -> list[Row]:
    """What is treated together with it (并案), and its other half when one message held both kinds."""
    return tx.all(
        f"select {_COLUMNS} from submission where id <> :id and (number in (:joined, :sibling) "  # noqa: S608
        "or (joined <> '' and joined in (:number, :joined))) order by number",
        id=found.id,
        joined=found.joined,
        sibling=found.sibling,
        number=found.number,
    )


def merged_into(tx: Tx, found: Submission) -> list[Submission]:
    """Those that repeat it and went into it."""
    rows = tx.all(
        "select number from submission where joined <> '' and joined = :number and stage = 'merged' order by id",
        number=found.number,
    )
    return [submission.get(tx, row["number"]) for row in rows]


def same_person(tx: Tx, id: str, other: str) -> bool:
    """Whether both came from one WeChat user or gave one telephone number."""
    return bool(
        tx.value(
            "select count(*) from identity mine join identity i on i.sender = mine.sender "
            "or i.phone_digest = mine.phone_digest where mine.submission = :id and i.submission = :other",
            id=id,
            other=other,
        )
    )


def of_the_same_person(tx: Tx, id: str, since: datetime) -> int:
    """How many submissions this person handed in since then, this one included; 0 when staff entered it."""
    return int(
        tx.value(
            "select count(*) from identity mine join identity i on i.sender = mine.sender "
            "join submission s on s.id = i.submission where mine.submission = :id and s.received_at >= :since",
            id=id,
            since=stamp(since),
        )
    )


def people_on_the_same_phone(tx: Tx, id: str) -> int:
    """How many WeChat users gave this telephone number."""
    return int(
        tx.value(
            "select count(distinct i.sender) from identity mine join identity i on i.phone_digest = mine.phone_digest "
            "where mine.submission = :id",
            id=id,
        )
    )
