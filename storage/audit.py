"""The audit chain (留痕): each row carries the hash of the one before, so that none can be changed or taken out.

The hashes are keyed by the key file: who can write to the database but does not hold the key cannot make
the chain anew. Nothing of a reporter's identity is ever written here.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from storage.engine.database import Tx
from storage.engine.paging import Page, page


@dataclass(frozen=True)
class AuditRow:
    """A link of the audit chain (留痕)."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str
    previous: str
    hash: str


GENESIS = "0" * 64
PAGE = 1000


def _hash(tx: Tx, previous: str, seq: int, at: str, actor: str, action: str, subject: str, detail: str) -> str:
    line = json.dumps([previous, seq, at, actor, action, subject, detail], ensure_ascii=False)
    return tx.vault.digest(line, "audit")


def _seal(tx: Tx, seq: int, hash: str) -> str:
    return tx.vault.digest(f"{seq}:{hash}", "audit head")


def write(tx: Tx, *, actor: str, action: str, subject: str, detail: str = "") -> None:
    # From the head, not from the last row: rows cut off must leave a gap that stays, as must a head taken away.
    head = tx.one("select seq, hash from audit_head where id = 1")
    head = head or {"seq": tx.value("select max(seq) from audit") or 0, "hash": GENESIS}
    seq, previous = int(head["seq"]) + 1, str(head["hash"])
    hash = _hash(tx, previous, seq, tx.stamp, actor, action, subject, detail)
    tx.insert(
        "audit",
        seq=seq,
        at=tx.stamp,
        actor=actor,
        action=action,
        subject=subject,
        detail=detail,
        previous=previous,
        hash=hash,
    )
    keep_head(tx, seq, hash)


def keep_head(tx: Tx, seq: int, hash: str) -> None:
    """Note the newest link of the chain."""
    tx.run(
        "insert into audit_head (id, seq, hash, seal) values (1, :seq, :hash, :seal) "
        "on conflict (id) do update set seq = excluded.seq, hash = excluded.hash, seal = excluded.seal",
        seq=seq,
        hash=hash,
        seal=_seal(tx, seq, hash),
    )


def rows(tx: Tx, *, after: int = 0) -> Iterator[AuditRow]:
    """All rows with a higher seq, in order, a page at a time."""
    while found := tx.all("select * from audit where seq > :after order by seq limit :n", after=after, n=PAGE):
        yield from (AuditRow(**row) for row in found)
        after = found[-1]["seq"]


def newest(tx: Tx, *, subject: str = "", after: str = "", limit: int = 200) -> Page[AuditRow]:
    """Of all or of one subject, the newest first."""
    sql = f"select * from audit{' where subject = :subject' if subject else ''}"  # noqa: S608 - no value is in it
    return page(tx, sql, "seq desc", lambda row: AuditRow(**row), after=after, limit=limit, subject=subject)


def actors(tx: Tx, subject: str, actions: Collection[str]) -> set[str]:
    """Who ever did one of these to it."""
    rows = tx.all("select distinct actor, action from audit where subject = :subject", subject=subject)
    return {row["actor"] for row in rows if row["action"] in actions}


def broken_link(tx: Tx) -> int | None:
    """The seq of the first row that is missing or does not follow from the one before; None for a whole chain."""
    previous, seq = GENESIS, 0
    for row in rows(tx):
        hash = _hash(tx, previous, row.seq, row.at, row.actor, row.action, row.subject, row.detail)
        if row.seq != seq + 1 or row.previous != previous or row.hash != hash:
            return seq + 1
        previous, seq = row.hash, row.seq
    head = tx.one("select seq, hash, seal from audit_head where id = 1") or {"seq": 0, "hash": GENESIS, "seal": ""}
    whole = (head["seq"], head["hash"]) == (seq, previous) and (not seq or head["seal"] == _seal(tx, seq, previous))
    return None if whole else seq + 1


def length(tx: Tx) -> int:
    """How many rows there are in a chain without gaps."""
    return int(tx.value("select max(seq) from audit") or 0)
