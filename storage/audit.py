"""The audit chain (留痕): each row carries the hash of the one before, so that none can be changed or taken out.

The hashes are keyed by the key file: who can write to the database but does not hold the key cannot make
the chain anew. Its newest link stands in `audit_head`, and outside the database (audit_head.py), so that rows
cut off at the end are missed as well. Nothing of a reporter's identity is ever written here.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

from storage.engine.database import Tx
from storage.engine.paging import Page, page
from storage.errors import StorageError


class ChainBroken(StorageError):
    """The chain is not whole: the row `seq`, or one behind it, was changed or taken out; 0 where none is known."""

    def __init__(self, how: str, seq: int = 0) -> None:
        where = f"在第 {seq} 条断开" if seq else "不完整"
        super().__init__(f"留痕链{where}：{how}；请立即保全数据库，与备份比对并报告")
        self.seq = seq


@dataclass(frozen=True)
class Link:
    """A row of the chain by its number and hash; seq 0 is before the first."""

    seq: int
    hash: str


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


GENESIS = Link(0, "0" * 64)
COLUMNS = "seq, at, actor, action, subject, detail, previous, hash"


def _hash(tx: Tx, previous: str, seq: int, *texts: str) -> str:
    # The JSON of all fields in one list; json.dumps, which writes the same, takes six times as long.
    first, *rest = map(encode_basestring, (previous, *texts))
    return tx.vault.digest(f"[{first}, {seq}, {', '.join(rest)}]", "audit")


def _seal(tx: Tx, seq: int, hash: str) -> str:
    return tx.vault.digest(f"{seq}:{hash}", "audit head")


def write(tx: Tx, *, actor: str, action: str, subject: str, detail: str = "") -> Link:
    """Add a row behind the newest; returns the new link."""
    # From the head, not from the last row: rows cut off must leave a gap that stays, as must a head taken away.
    before: Link = tx.late.get(keep_head) or _head(tx)
    seq = before.seq + 1
    head = Link(seq, _hash(tx, before.hash, seq, tx.stamp, actor, action, subject, detail))
    tx.insert(
        "audit",
        seq=seq,
        at=tx.stamp,
        actor=actor,
        action=action,
        subject=subject,
        detail=detail,
        previous=before.hash,
        hash=head.hash,
    )
    tx.late[keep_head] = head
    return head


def _head(tx: Tx) -> Link:
    row = tx.one("select seq, hash from audit_head where id = 1")
    return Link(int(row["seq"]), str(row["hash"])) if row else Link(length(tx), GENESIS.hash)


def keep_head(tx: Tx, head: Link) -> None:
    """Note the newest link of the chain."""
    tx.upsert("audit_head", "id", id=1, seq=head.seq, hash=head.hash, seal=_seal(tx, head.seq, head.hash))


def rows(tx: Tx, *, after: int = 0) -> Iterator[AuditRow]:
    """All rows with a higher seq, in order, without holding them in memory."""
    return (AuditRow(*row) for row in _all(tx, after))


def _all(tx: Tx, after: int) -> Iterator[tuple[Any, ...]]:
    return tx.stream(f"select {COLUMNS} from audit where seq > :after order by seq", after=after)  # noqa: S608


def newest(tx: Tx, *, subject: str = "", after: str = "", limit: int = 200) -> Page[AuditRow]:
    """Of all or of one subject, the newest first."""
    sql = f"select {COLUMNS} from audit{' where subject = :subject' if subject else ''}"  # noqa: S608 - no value is in it
    return page(tx, sql, "seq desc", lambda row: AuditRow(**row), after=after, limit=limit, subject=subject)


def of(tx: Tx, subject: str) -> list[AuditRow]:
    """The rows about one subject, in order."""
    sql = f"select {COLUMNS} from audit where subject = :subject order by seq"  # noqa: S608 - names are ours
    return [AuditRow(**row) for row in tx.all(sql, subject=subject)]


def last(tx: Tx, subject: str, action: str) -> AuditRow | None:
    """The newest row of one action on a subject."""
    sql = f"select {COLUMNS} from audit where subject = :subject and action = :action order by seq desc limit 1"  # noqa: S608
    row = tx.one(sql, subject=subject, action=action)
    return AuditRow(**row) if row else None


def actors(tx: Tx, subject: str, actions: Collection[str]) -> set[str]:
    """Who ever did one of these to it."""
    rows = tx.all("select distinct actor, action from audit where subject = :subject", subject=subject)
    return {row["actor"] for row in rows if row["action"] in actions}


def newest_link(tx: Tx) -> Link:
    """The newest link as `audit_head` has it; raises ChainBroken when that was removed or forged."""
    late: Link | None = tx.late.get(keep_head)
    if late is not None:
        return late
    row = tx.one("select seq, hash, seal from audit_head where id = 1")
    if row is None:
        if length(tx):
            raise ChainBroken("表 audit_head 里的链头被删除了", length(tx) + 1)
        return GENESIS
    if row["seal"] != _seal(tx, row["seq"], row["hash"]):
        raise ChainBroken("表 audit_head 里的链头被改动了", length(tx) + 1)
    return Link(row["seq"], row["hash"])


def has(tx: Tx, link: Link) -> bool:
    """Whether the chain has this row."""
    return link == GENESIS or bool(
        tx.one("select seq from audit where seq = :seq and hash = :hash", seq=link.seq, hash=link.hash)
    )


def begins(tx: Tx) -> bool:
    """Whether the first row, if there is one, was written under this key."""
    row = tx.one(f"select {COLUMNS} from audit where seq = 1")  # noqa: S608 - names are ours
    return row is None or _follows(tx, GENESIS.hash, 1, row.values())


def _follows(tx: Tx, before: str, seq: int, row: Iterable[Any]) -> bool:
    """Whether a row (of COLUMNS) is number `seq` and carries the hash before it and its own."""
    found, *texts, previous, hash = row
    try:
        return bool(found == seq and previous == before and hash == _hash(tx, before, seq, *texts))
    except TypeError:  # bytes where a text was
        return False


def verify(tx: Tx, kept: Collection[Link] = ()) -> Link:
    """Recompute the chain in one pass and return its newest link.

    `kept` are links known from outside the table, which must be in it. Raises ChainBroken.
    """
    seq, hash = GENESIS.seq, GENESIS.hash
    for seq, row in enumerate(_all(tx, after=0), 1):
        if not _follows(tx, hash, seq, row):
            raise ChainBroken("这一条被改动或缺失", seq)
        hash = row[-1]
    last = Link(seq, hash)
    if newest_link(tx) != last:
        raise ChainBroken("末尾的记录被删除，或链头被换成旧的", last.seq + 1)
    for link in kept:
        if link.seq > last.seq:
            raise ChainBroken(f"另存的链头已到第 {link.seq} 条，记录被删除，或换回了旧的数据库", last.seq + 1)
        if not has(tx, link):
            raise ChainBroken("与另存的链头不同，这条链是重做的", link.seq)
    if last == GENESIS and tx.value("select count(*) from staff"):
        raise ChainBroken("有账号而没有一条记录，留痕被清空了", 1)
    return last


def length(tx: Tx) -> int:
    """How many rows there are in a chain without gaps."""
    return int(tx.value("select max(seq) from audit") or 0)
