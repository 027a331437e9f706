"""Key file, database and evidence: there, whole, of this version, and of one installation."""

from collections.abc import Iterator

from bot import installation
from bot.doctor.examination import Examined, Finding, State
from storage import audit, audit_head, ticks
from storage.engine import condition
from storage.engine.sealing import open_vault

PATIENCE = 5.0
"""Seconds that the writer may keep us waiting."""


def key(examined: Examined) -> Iterator[Finding]:
    vault = open_vault(examined.settings.key_file)
    yield Finding(State.OK, f"{examined.settings.key_file} 打得开，指纹 {vault.fingerprint()}")


def database(examined: Examined) -> Iterator[Finding]:
    db, name = examined.service.db, examined.settings.database
    if pending := db.pending():
        text = f"数据库 {name} 没有升级到本版本（缺 {'、'.join(pending)}）"
        yield Finding(State.FAIL, text, "运行 migrate；还没有装过的运行 init")
    elif unknown := db.unknown():
        text = f"数据库 {name} 已由更新的版本升级（本版本不认识 {'、'.join(unknown)}）"
        yield Finding(State.HINT, text, "尽快把这台机器也升级到那个版本")
    else:
        yield Finding(State.OK, f"{name} 连得上，是本版本的")


def belonging(examined: Examined) -> Iterator[Finding]:
    yield Finding(State.OK, f"是同一套，{installation.check(examined.service)}")


def writable(examined: Examined) -> Iterator[Finding]:
    examined.service.db.write(lambda tx: ticks.ran(tx, "readyz"), timeout=PATIENCE)
    yield Finding(State.OK, "刚写进一行")


def whole(examined: Examined) -> Iterator[Finding]:
    if examined.settings.database_file is None:
        yield Finding(State.OK, "由 PostgreSQL 服务器自己负责")
    elif damage := condition.fault(examined.service.db):
        yield Finding(State.FAIL, f"数据库文件损坏：{damage[:100]}", "停下服务，另存这个文件，再从备份恢复")
    else:
        yield Finding(State.OK, "数据库文件没有损坏")


def audit_heads(examined: Examined) -> Iterator[Finding]:
    heads, db = examined.settings.audit_heads, examined.service.db
    with db.read() as tx:
        newest = audit.newest_link(tx)
        for path in heads:
            kept = audit_head.read(path, db.vault)
            if not audit.has(tx, kept):
                text = f"{path} 记到第 {kept.seq} 条，数据库里没有这一条：记录被删除，或换回了旧的数据库"
                yield Finding(State.FAIL, text, "立即保全数据库，运行 audit verify，与备份比对并报告")
    yield Finding(State.OK, f"留痕 {newest.seq} 条，与另存的链头对得上；逐条核对请运行 audit verify")
    if len(heads) == 1:
        text = "链头只存在密钥文件旁边：能写这台机器的人可以连它一起换回旧的"
        yield Finding(State.HINT, text, "[storage] audit_head_dir 设为别的机器上的目录，再运行 audit accept")
