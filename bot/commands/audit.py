"""``audit verify`` and ``audit accept``."""

from functools import partial

import click

from bot.commands.context import CommandContext
from storage import audit as trail
from storage import audit_head, installation


@click.group()
def audit() -> None:
    """留痕链。"""


@audit.command()
@click.pass_obj
def verify(here: CommandContext) -> None:
    """重新计算留痕链，并与数据库外保存的链头核对；断了就报错。"""
    with here.service() as service, service.db.read() as tx:
        newest = installation.verify(tx, here.settings.key_file, here.settings.audit_heads)
    click.echo(f"留痕链完整：共 {newest.seq} 条（audit chain whole: {newest.seq} rows）")


@audit.command()
@click.option("--reason", required=True, help="理由，写入留痕链。")
@click.pass_obj
def accept(here: CommandContext, reason: str) -> None:
    """认可现在的留痕链：恢复备份之后，或新设链头目录之后用。"""
    with here.service() as service:
        with service.db.read() as tx:
            trail.verify(tx)
        newest = service.db.write(
            partial(trail.write, actor="command", action="audit_accepted", subject="audit", detail=reason)
        )
        for path in here.settings.audit_heads:
            audit_head.write(path, newest, service.db.vault)
    click.echo(f"已按现在的 {newest.seq} 条留存链头")
