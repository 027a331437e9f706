"""``audit verify``."""

import click

from bot.commands.context import CommandContext
from storage import audit as trail


@click.group()
def audit() -> None:
    """The audit chain."""


@audit.command()
@click.pass_obj
def verify(here: CommandContext) -> None:
    """Recompute the chain; fails at the first broken link."""
    with here.service() as service, service.db.read() as tx:
        broken = trail.broken_link(tx)
        length = trail.length(tx)
    if broken is not None:
        raise click.ClickException(
            f"the audit chain is broken at row {broken}: it was changed or removed, or rows behind it were; "
            "compare with a backup"
        )
    click.echo(f"audit chain whole: {length} rows")
