"""``audit verify`` and ``audit accept``."""

from functools import partial

import click

from bot.commands.context import CommandContext
from storage import audit as trail
from storage import audit_head, installation


@click.group()
def audit() -> None:
    """The audit chain."""


@audit.command()
@click.pass_obj
def verify(here: CommandContext) -> None:
    """Recompute the chain and compare it with the heads kept outside the database; fails where it is broken."""
    with here.service() as service, service.db.read() as tx:
        newest = installation.verify(tx, here.settings.key_file, here.settings.audit_heads)
    click.echo(f"留痕链完整：共 {newest.seq} 条（audit chain whole: {newest.seq} rows）")


@audit.command()
@click.option("--reason", required=True, help="Why; it becomes a row of the chain.")
@click.pass_obj
def accept(here: CommandContext, reason: str) -> None:
    """Take the chain as it is for the right one, after a backup was restored or a folder for its head was named."""
    with here.service() as service:
        with service.db.read() as tx:
            trail.verify(tx)
        newest = service.db.write(
            partial(trail.write, actor="command", action="audit_accepted", subject="audit", detail=reason)
        )
        for path in here.settings.audit_heads:
            audit_head.write(path, newest, service.db.vault)
    click.echo(f"已按现在的 {newest.seq} 条留存链头")
