"""The audit chain (留痕): each row carries the hash of the one before, so that none can be changed or taken out.

Nothing of a reporter's identity is ever written here.
"""

import hashlib
import json
from collections.abc import Iterator

from storage.database import Tx
from storage.records import AuditRow

GENESIS = "0" * 64
PAGE = 1000


def _hash(previous: str, seq: int, at: str, actor: str, action: str, subject: str, detail: str) -> str:
    line = json.dumps([previous, seq, at, actor, action, subject, detail], ensure_ascii=False)
    return hashlib.sha256(line.encode()).hexdigest()


def write(tx: Tx, *, actor: str, action: str, subject: str, detail: str = "") -> None:
    last = tx.one("select seq, hash from audit order by seq desc limit 1") or {"seq": 0, "hash": GENESIS}
    seq, previous = int(last["seq"]) + 1, str(last["hash"])
    tx.insert(
        "audit",
        seq=seq,
        at=tx.stamp,
        actor=actor,
        action=action,
        subject=subject,
        detail=detail,
        previous=previous,
        hash=_hash(previous, seq, tx.stamp, actor, action, subject, detail),
    )


def rows(tx: Tx, *, after: int = 0) -> Iterator[AuditRow]:
    """All rows with a higher seq, in order, a page at a time."""
    while page := tx.all("select * from audit where seq > :after order by seq limit :n", after=after, n=PAGE):
        yield from (AuditRow(**row) for row in page)
        after = page[-1]["seq"]


def newest(tx: Tx, *, subject: str = "", limit: int = 200) -> list[AuditRow]:
    return [
        AuditRow(**row)
        for row in tx.all(
            "select * from audit where :subject = '' or subject = :subject order by seq desc limit :n",
            subject=subject,
            n=limit,
        )
    ]


def broken_link(tx: Tx) -> AuditRow | None:
    """The first row that does not follow from the one before it, or None when the chain is whole."""
    previous, expected = GENESIS, 1
    for row in rows(tx):
        digest = _hash(previous, row.seq, row.at, row.actor, row.action, row.subject, row.detail)
        if row.seq != expected or row.previous != previous or row.hash != digest:
            return row
        previous, expected = row.hash, expected + 1
    return None


def length(tx: Tx) -> int:
    return int(tx.value("select count(*) from audit"))
