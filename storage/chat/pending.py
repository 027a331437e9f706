"""What citizens were asked about their stored submissions and have not answered yet; one question per person."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import moment, stamp


@dataclass(frozen=True)
class Pending:
    """What a citizen was asked about stored submissions: `numbers` to choose from, and the answers so far."""

    verb: str
    numbers: tuple[str, ...]
    answers: Mapping[str, str] = field(repr=False)
    asked_at: datetime


def _own(tx: Tx, sender: str) -> str:
    return tx.vault.digest(sender, "pending")


def ask(tx: Tx, sender: str, verb: str, numbers: Sequence[str], answers: Mapping[str, str]) -> None:
    """Remember the question; a newer one takes the place of an older."""
    own = _own(tx, sender)
    asked = json.dumps({"numbers": list(numbers), "answers": dict(answers)}, ensure_ascii=False)
    tx.run(
        "insert into pending (sender, verb, asked, asked_at) values (:sender, :verb, :asked, :at) "
        "on conflict (sender) do update set verb = excluded.verb, asked = excluded.asked, asked_at = excluded.asked_at",
        sender=own,
        verb=verb,
        asked=tx.vault.seal(asked, "pending.asked", own),
        at=tx.stamp,
    )


def of(tx: Tx, sender: str) -> Pending | None:
    own = _own(tx, sender)
    row = tx.one("select verb, asked, asked_at from pending where sender = :sender", sender=own)
    if row is None:
        return None
    asked = json.loads(tx.vault.open(row["asked"], "pending.asked", own))
    return Pending(row["verb"], tuple(asked["numbers"]), asked["answers"], moment(row["asked_at"]))


def close(tx: Tx, sender: str) -> None:
    tx.run("delete from pending where sender = :sender", sender=_own(tx, sender))


def erase_stale(tx: Tx, before: datetime) -> int:
    return tx.run("delete from pending where asked_at < :before", before=stamp(before))
