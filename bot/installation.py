"""Key file, database and evidence folder of one installation: made together, and compared at every start."""

import errno
import os
import stat

from bot.service import Service
from bot.settings import Settings
from storage import audit_head, installation
from storage.engine import durable
from storage.engine.database import Database, open_database
from storage.engine.files import Files
from storage.engine.key_file import KEY_BYTES, make_key_file
from storage.engine.sealing import Vault
from storage.installation import Foreign, Installation

OTHERS = 0o077
"""What a mode may allow to others than the owner."""
FIRST = "001_the_line"
FILLED = frozenset({"installation", "staff", "inbox", "audit"})
"""Tables of which at least one has rows in any database that was ever used."""


def make_key(settings: Settings) -> bool:
    """Make the key file; False when it is there. Raises Foreign where another key was in use before."""
    if settings.key_file.exists():
        return False
    stranger = Vault(os.urandom(KEY_BYTES))
    db, files = open_database(settings.database_url, stranger), Files(settings.evidence_dir, stranger)
    try:
        found = {settings.database: _used(settings, db), str(files.folder): not files.empty()}
    finally:
        db.close()
    if used := [place for place, filled in found.items() if filled]:
        raise Foreign(
            f"密钥文件 {settings.key_file} 不见了，而 {' 和 '.join(used)} 里已有内容：新密钥打不开它们。"
            "请把原来的密钥文件放回去；要另装一套，请换 [storage] 的路径"
        )
    return make_key_file(settings.key_file)


def _used(settings: Settings, db: Database) -> bool:
    if not _there(settings, db):
        return False
    there = FILLED & db.tables()
    with db.read() as tx:
        return any(tx.one(f"select 1 as one from {name} limit 1") for name in there)  # noqa: S608 - names are ours


def _there(settings: Settings, db: Database) -> bool:
    """Whether the database has a schema, of whatever version."""
    _check_writable(settings)
    file = settings.database_file
    return not (file and not file.exists()) and FIRST not in db.pending()


def prepare(service: Service, *, by: str, anew: bool = False) -> list[str]:
    """Bring the schema up to date and tie key, database and evidence together; returns the migrations applied.

    Without `anew` nothing that is missing is made. Raises Foreign, changing nothing, where they are strangers.
    """
    made = _find(service, anew)
    if service.settings.database_file:
        durable.make_folder(service.settings.database_file.parent)
    durable.make_folder(service.files.folder)
    applied = service.db.migrate()
    service.files.rename_first()
    if made is None:
        _make(service, by)
    elif installation.marked(service.files) is None:
        installation.mark(service.files, made)
    _tighten(service.settings)
    return applied


def _check_writable(settings: Settings) -> None:
    """Raise OSError where the database, or the folder that its log stands in, cannot be written."""
    file = settings.database_file
    if not (file and file.exists()):
        return
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder", str(file))
    # Asked, not opened: a process that closes a file drops every lock it holds on it (fcntl(2)), SQLite's too, and
    # who then closes the database elsewhere deletes the log this process goes on writing to.
    for path in (file, file.parent):
        if not os.access(path, os.W_OK, effective_ids=True):
            raise PermissionError(errno.EACCES, "not writable", str(path))


def _tighten(settings: Settings) -> None:
    """Take from others what a version before this let them read."""
    paths = [settings.evidence_dir, settings.key_file]
    if file := settings.database_file:
        paths += [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]
    for path in paths:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & OTHERS:
            path.chmod(path.stat().st_mode & ~OTHERS)


def _find(service: Service, anew: bool) -> Installation | None:
    settings, made = service.settings, None
    if _there(settings, service.db):
        made = _prove(service)
    elif not anew and settings.database_file and not settings.database_file.exists():
        raise Foreign(f"数据库 {settings.database} 不见了：请从备份恢复；全新安装请运行 init")
    mark = installation.marked(service.files)
    if made is None and mark:
        raise Foreign(
            f"证据目录 {service.files.folder} 属于另一个数据库（{mark[1]}），不是 {settings.database}；"
            "请恢复原来的数据库，或改正 [storage] evidence_dir"
        )
    if made and (mark or not anew):
        installation.compare(service.files, made)
    return made


def _prove(service: Service) -> Installation | None:
    known = installation.MIGRATION not in service.db.pending()
    installation.refuse_strange(service.db)
    with service.db.read() as tx:
        made = installation.find(tx, service.settings.key_file) if known else None
        if made is None:
            installation.prove(tx, service.files, service.settings.key_file)
    return made


def _make(service: Service, by: str) -> None:
    made = service.db.write(lambda tx: installation.make(tx, by))
    installation.mark(service.files, made)
    for path in service.settings.audit_heads:
        if not path.exists():  # of a database before this one: `audit verify` must tell
            audit_head.write(path, made.anchor, service.db.vault)


def check(service: Service) -> Installation:
    """The installation. Raises Foreign unless key, database, evidence and this version belong together."""
    _check_writable(service.settings)
    pending = service.db.pending()
    if FIRST in pending:
        raise Foreign(f"数据库 {service.settings.database} 是空的；请从备份恢复，全新安装请运行 init（或 migrate）")
    installation.refuse_strange(service.db)
    if pending:
        raise Foreign(f"数据库还没有升级到本版本（缺 {'、'.join(pending)}）；请先运行 migrate")
    with service.db.read() as tx:
        made = installation.find(tx, service.settings.key_file)
    if made is None:
        raise Foreign(f"数据库 {service.settings.database} 里没有安装记录；请运行 migrate")
    installation.compare(service.files, made)
    return made
