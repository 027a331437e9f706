"""``backup`` and ``restore``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot.commands.context import CommandContext
from bot.service import Service
from storage import audit, audit_head
from storage import backup as backups
from storage.engine.database import open_database
from storage.engine.sealing import open_vault
from storage.errors import StorageError
from storage.migrations import MIGRATIONS

FOLDER = click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))


@click.command()
@FOLDER
@click.pass_obj
def backup(here: CommandContext, folder: Path) -> None:
    """把数据库和证据封存备份到空目录，服务可以照常运行；密钥文件不在其中。"""
    with here.service() as service:
        write = partial(audit.write, actor="command", action="backup", subject="backup", detail=folder.name)
        service.db.write(write)
        with service.db.read() as tx:
            rows = sum(tx.value(f"select count(*) from {name}") for name in service.db.tables())  # noqa: S608
        with _bar("backup", rows) as step:
            made = backups.write(service.db, service.files.folder, folder, step)
    click.echo(
        f"已备份 {sum(made.tables.values())} 行、{made.files} 个文件到 {folder}；"
        f"恢复时还需要密钥文件 {here.settings.key_file}，它不在备份里，请另存"
    )


@click.command()
@FOLDER
@click.option("--force", is_flag=True, help="原来的改名放在旁边，恢复到原处。")
@click.pass_obj
def restore(here: CommandContext, folder: Path, force: bool) -> None:
    """把数据库和证据恢复成备份时的样子；密钥文件要在。"""
    manifest = backups.manifest_of(folder, open_vault(here.settings.key_file))
    if strange := sorted(set(manifest.migrations) - MIGRATIONS.keys()):
        raise StorageError(f"备份是更新的版本做的（本版本不认识 {'、'.join(strange)}）；请用那个版本恢复")
    for path in _make_room(here, force):  # told now: a restore that fails must not hide where they are
        click.echo(f"原来的在 {path}；确认无误后可自行删除")
    with here.unchecked() as service:
        with _bar("restore", sum(manifest.tables.values())) as step:
            backups.restore(folder, manifest, service.db, service.files.folder, step)
        _settle(service, manifest, folder)
    click.echo(f"已恢复 {sum(manifest.tables.values())} 行、{manifest.files} 个文件，备份于 {manifest.made_at}")


def _settle(service: Service, manifest: backups.Manifest, folder: Path) -> None:
    """The chain goes on from the restored one, and its heads outside with it. Raises ChainBroken."""
    with service.db.read() as tx:
        audit.verify(tx, [audit.Link(manifest.seq, manifest.hash)])
    detail = f"{folder.name} {manifest.made_at}"
    newest = service.db.write(partial(audit.write, actor="command", action="restore", subject="backup", detail=detail))
    for path in service.settings.audit_heads:
        audit_head.write(path, newest, service.db.vault)


def _make_room(here: CommandContext, force: bool) -> list[Path]:
    """Where what was there is now. Raises StorageError where something is there and may not be moved."""
    settings, file = here.settings, here.settings.database_file
    places = [path for path in (file, settings.evidence_dir) if path and path.exists() and not _is_empty(path)]
    if file is None and _has_tables(here):
        raise StorageError(
            f"数据库 {settings.database} 不是空的；请以服务器管理员运行 createdb 另建一个，在 [storage] url 里写上它"
        )
    if places and not force:
        found = " 和 ".join(map(str, places))
        raise StorageError(f"{found} 已有内容，没有动；要恢复到这里请加 --force，原来的会改名留在旁边")
    if file and file in places:
        with open_database(settings.database_url, open_vault(settings.key_file)).engine.alone():
            pass  # nobody has it open
    stamp = f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    moved = [path.rename(path.with_name(f"{path.name}.{stamp}")) for path in places]
    for end in ("-wal", "-shm"):
        if file and (log := file.with_name(file.name + end)).exists():
            log.rename(file.with_name(f"{file.name}.{stamp}{end}"))
    return moved


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _has_tables(here: CommandContext) -> bool:
    db = open_database(here.settings.database_url, open_vault(here.settings.key_file))
    try:
        return bool(db.tables())
    finally:
        db.close()


@contextmanager
def _bar(label: str, length: int) -> Iterator[Any]:
    with click.progressbar(length=length or 1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield bar.update
