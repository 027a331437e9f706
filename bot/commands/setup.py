"""``init`` and ``migrate``."""

import click

from bot.commands.context import CommandContext
from bot.web.passwords import hash_password, make_secret
from handlers.people import accounts
from storage.engine.database import Tx
from storage.engine.sealing import make_key_file
from storage.people import staff
from storage.people.staff import Role

FIRST_ADMIN = "admin"


@click.command()
@click.pass_obj
def init(here: CommandContext) -> None:
    """Make the key file, the database and the first administrator; safe to repeat."""
    settings = here.settings
    if make_key_file(settings.key_file):
        click.echo(f"key file made: {settings.key_file} - keep a copy elsewhere, nothing can be read without it")
    settings.evidence_dir.mkdir(parents=True, exist_ok=True)
    password = make_secret(16)
    hashed = hash_password(password)

    def first(tx: Tx) -> bool:
        if staff.every(tx):
            return False
        roles = frozenset({Role.ADMIN, Role.SECURITY})
        accounts.make(tx, FIRST_ADMIN, unit="", roles=roles, password_hash=hashed, by="init")
        return True

    with here.service() as service:
        for name in service.db.migrate():
            click.echo(f"migration applied: {name}")
        made = service.db.write(first)
    if made:
        click.echo(f"administrator: {FIRST_ADMIN}, one-time password on the next line")
        click.echo(password)
    else:
        click.echo(f"nothing to do: accounts exist; `staff reset {FIRST_ADMIN}` makes a new one-time password")


@click.command()
@click.pass_obj
def migrate(here: CommandContext) -> None:
    """Bring the schema up to date."""
    with here.service() as service:
        for name in service.db.migrate():
            click.echo(f"migration applied: {name}")
