"""What citizens were asked about their stored submissions and have not answered yet; one question per person."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage.engine.database import Row, Tx
from storage.engine.times import moment, stamp

COLUMNS = ("sender", "verb", "asked", "asked_at")


@dataclass(frozen=True)
class Pending:
    """What a citizen was asked about stored submissions: `numbers` to choose from, and the answers so far."""

    verb: str
    numbers: tuple[str, ...]
    answers: Mapping[str, str] = field(repr=False)
    asked_at: datetime


def own(tx: Tx, sender: str) -> str:
    """What this table calls somebody."""
    return tx.vault.digest(sender, "pending")


def ask(tx: Tx, sender: str, verb: str, numbers: Sequence[str], answers: Mapping[str, str]) -> None:
    """Remember the question; a newer one takes the place of an older."""
    mine = own(tx, sender)
    asked = json.dumps({"numbers": list(numbers), "answers": dict(answers)}, ensure_ascii=False)
    sealed = tx.vault.seal(asked, "pending.asked", mine)
    tx.upsert("pending", "sender", sender=mine, verb=verb, asked=sealed, asked_at=tx.stamp)


def made(tx: Tx, row: Row) -> Pending:
    """Of a row with these COLUMNS."""
    asked = json.loads(tx.vault.open(row["asked"], "pending.asked", row["sender"]))
    return Pending(row["verb"], tuple(asked["numbers"]), asked["answers"], moment(row["asked_at"]))


def close(tx: Tx, sender: str) -> None:
    tx.run("delete from pending where sender = :sender", sender=own(tx, sender))


def erase_stale(tx: Tx, before: datetime) -> int:
    return tx.run("delete from pending where asked_at < :before", before=stamp(before))
