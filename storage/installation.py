"""Which key file, database and evidence folder belong together, so that none is taken for another.

The database keeps a known value sealed under the key, the evidence folder a mark with the name of the
installation. Both are made at `init` and compared at every start.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from storage import audit, audit_head
from storage.audit import ChainBroken, Link
from storage.chat import inbox
from storage.engine import durable, session
from storage.engine.database import Database, Tx
from storage.engine.files import Files
from storage.errors import StorageError

MIGRATION = "011_proof"
"""What made the table of this module."""
TABLE = "installation"
NEEDED = frozenset({"audit", "audit_head", "inbox", "staff"})
MARK = ".shian"
"""The file in the evidence folder that says whose it is."""
PROOF = "installation.proof"


class Foreign(StorageError):
    """Key file, database and evidence folder do not belong together; the text is one line for an operator."""


@dataclass(frozen=True)
class Installation:
    """`name` is random, `day` when it was made, `key` the fingerprint of its key, `anchor` its first audit row."""

    name: str
    day: str
    key: str
    anchor: Link

    def __str__(self) -> str:
        return f"建于 {self.day}，密钥指纹 {self.key}"


def find(tx: Tx, key_file: Path) -> Installation | None:
    """The installation this database belongs to, None before it was made. Raises Foreign under another key."""
    row = tx.one("select made_at, key, proof from installation where id = 1")
    if row is None:
        return None
    day, key = row["made_at"][:10], tx.vault.fingerprint()
    if row["key"] != key:
        raise Foreign(
            f"密钥文件 {key_file}（指纹 {key}）不是这个数据库的：数据库建于 {day}，密钥指纹 {row['key']}；"
            "请把原来的密钥文件放回去，或把 [storage] url 改为这个密钥的数据库"
        )
    proof = json.loads(tx.vault.open(row["proof"], PROOF, "1"))
    return Installation(proof["name"], day, key, Link(proof["seq"], proof["hash"]))


def make(tx: Tx, by: str) -> Installation:
    """Seal the known value, and begin the audit chain, or anchor the one that is there."""
    name, key = tx.new_id(), tx.vault.fingerprint()
    anchor = audit.write(tx, actor=by, action="installation_made", subject=f"installation:{name}", detail=f"key {key}")
    proof = json.dumps({"name": name, "seq": anchor.seq, "hash": anchor.hash})
    tx.insert("installation", id=1, made_at=tx.stamp, key=key, proof=tx.vault.seal(proof, PROOF, "1"))
    return Installation(name, tx.stamp[:10], key, anchor)


def prove(tx: Tx, files: Files, key_file: Path) -> None:
    """Raise Foreign unless what was there before there was a known value opens under this key."""
    try:
        opens = audit.begins(tx) and inbox.opens(tx)
        files.try_one()
    except StorageError:
        opens = False
    if not opens:
        raise Foreign(
            f"密钥文件 {key_file}（指纹 {tx.vault.fingerprint()}）打不开数据库或证据目录里已有的内容；请把原来的放回去"
        )


def verify(tx: Tx, key_file: Path, heads: Sequence[Path]) -> Link:
    """The newest link of the whole audit chain, from its anchor to what `heads` hold. Raises ChainBroken, Foreign."""
    made = find(tx, key_file)
    if made is None:
        raise ChainBroken("安装记录（表 installation）不见了")
    return audit.verify(tx, [made.anchor, *(audit_head.read(path, tx.vault) for path in heads)])


def refuse_strange(db: Database) -> None:
    """Raise Foreign where a newer version did more than add, a move was broken off, or a table is missing."""
    tables = db.tables()
    if session.MOVING in tables:
        raise Foreign("数据库只搬来了一半；请把 [storage] url 改回原来的数据库，再运行一次 database move")
    if breaking := [name for name, additive in db.unknown().items() if not additive]:
        raise Foreign(f"{_newer(breaking)}；请运行新版本的程序，或恢复升级前的备份")
    needed = NEEDED | ({TABLE} if MIGRATION not in db.pending() else set())
    if dropped := sorted(needed - tables):
        raise Foreign(f"数据库缺少表 {'、'.join(dropped)}：被删除了；请立即保全数据库，从备份恢复并报告")


def refuse_newer(db: Database) -> None:
    """Raise Foreign for a database of which this version does not know all: there may be more than it would treat."""
    if unknown := db.unknown():
        raise Foreign(f"{_newer(unknown)}；这个命令请用新版本的程序运行")


def _newer(names: Iterable[str]) -> str:
    return f"数据库已由更新的版本升级（本版本不认识 {'、'.join(names)}）"


def mark(files: Files, made: Installation) -> None:
    """Write into the evidence folder whose it is."""
    durable.write(files.folder / MARK, f"{made.name} {made.day} {made.key}\n".encode())


def marked(files: Files) -> tuple[str, str] | None:
    """The name of the installation that an evidence folder belongs to, and words about it; None without a mark."""
    try:
        name, _, rest = (files.folder / MARK).read_text(encoding="utf-8", errors="replace").strip().partition(" ")
    except FileNotFoundError:
        return None
    day, _, key = rest.partition(" ")
    return name, f"建于 {day}，密钥指纹 {key}"


def compare(files: Files, made: Installation) -> None:
    """Raise Foreign unless the evidence folder is that of the installation."""
    found = marked(files)
    if found is None:
        raise Foreign(
            f"证据目录 {files.folder} 没有本安装（{made}）的标记 {MARK}：没有挂载磁盘，或 [storage] evidence_dir 写错；"
            "请挂载或改正，丢失的从备份恢复，没有备份的运行 init 重新标记"
        )
    if found[0] != made.name:
        raise Foreign(
            f"证据目录 {files.folder} 属于另一个安装（{found[1]}），不是这个数据库的（{made}）；"
            "请改正 [storage] evidence_dir 或 url，让它们指向同一个安装"
        )
