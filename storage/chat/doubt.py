"""What a message may have meant, asked of its sender: the message is held until they say, one of each person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import moment, stamp

COLUMNS = ("sender", "kind", "held", "asked_at")


@dataclass(frozen=True)
class Doubt:
    """What was asked (`kind`), and of which message: who sent it, and its words."""

    sender: str = field(repr=False)
    kind: str
    openid: str = field(repr=False)
    text: str = field(repr=False)
    asked_at: datetime


def own(tx: Tx, sender: str) -> str:
    """What this table calls somebody."""
    return tx.vault.digest(sender, "doubt")


def ask(tx: Tx, sender: str, kind: str, *, openid: str, text: str) -> None:
    """Hold the message; one that is held already makes room, so put its words before the new ones."""
    mine = own(tx, sender)
    held = json.dumps({"openid": openid, "text": text}, ensure_ascii=False)
    sealed = tx.vault.seal(held, "doubt.held", mine)
    tx.upsert("doubt", "sender", sender=mine, kind=kind, held=sealed, asked_at=tx.stamp)


def unanswered(tx: Tx, before: datetime, most: int) -> list[Doubt]:
    """Those asked before that moment, the oldest first."""
    rows = tx.all(
        "select * from doubt where asked_at < :before order by asked_at limit :most", before=stamp(before), most=most
    )
    return [made(tx, row) for row in rows]


def made(tx: Tx, row: Mapping[str, str]) -> Doubt:
    """Of a row with these COLUMNS."""
    held = json.loads(tx.vault.open(row["held"], "doubt.held", row["sender"]))
    return Doubt(row["sender"], row["kind"], held["openid"], held["text"], moment(row["asked_at"]))


def settle(tx: Tx, found: Doubt) -> None:
    """It is asked no longer."""
    tx.run("delete from doubt where sender = :sender", sender=found.sender)
