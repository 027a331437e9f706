"""``staff add``, ``list``, ``reset``, ``disable``, ``roles``, ``token`` and ``revoke``."""

from collections.abc import Callable
from typing import TypeVar

import click

from bot.commands.context import CommandContext
from bot.web.passwords import hash_password, make_secret
from handlers.people import accounts, granting
from storage.engine.database import Tx
from storage.people import proposal
from storage.people import staff as stored
from storage.people.proposal import Proposal
from storage.people.staff import Role

T = TypeVar("T")

COMMAND = "command"
"""Who acts, in the audit chain: whoever has the shell of the server."""
ROLE_CHOICE = click.Choice([role.value for role in Role])


@click.group()
def staff() -> None:
    """Accounts of the console and the API."""


@staff.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=ROLE_CHOICE, help="May be given several times.")
@click.option("--unit", default="", help="The unit 承办单位 the account belongs to.")
@click.pass_obj
def add(here: CommandContext, name: str, roles: tuple[str, ...], unit: str) -> None:
    """Make an account; prints its one-time password."""
    chosen = frozenset(map(Role, roles))
    password = make_secret(16)
    hashed = hash_password(password)
    waiting = _write(
        here, lambda tx: accounts.make(tx, name, unit=unit, roles=chosen, password_hash=hashed, by=COMMAND)
    )
    _tell(waiting)
    click.echo(f"account {name} ({', '.join(roles)}), one-time password on the next line")
    click.echo(password)


@staff.command("list")
@click.pass_obj
def list_(here: CommandContext) -> None:
    """One account a line: name, roles, state."""
    with here.service() as service, service.db.read() as tx:
        waiting = proposal.every(tx)
        for account in stored.every(tx):
            state = "disabled" if account.disabled else "must change password" if account.must_change else "active"
            state += "".join(f", {one.role} to be confirmed" for one in waiting if one.staff == account.name)
            click.echo(f"{account.name}\t{','.join(sorted(account.roles))}\t{account.unit or '-'}\t{state}")


@staff.command()
@click.argument("name")
@click.option("--totp", is_flag=True, help="End its second factor as well: for a lost phone.")
@click.pass_obj
def reset(here: CommandContext, name: str, totp: bool) -> None:
    """Print a new one-time password; ends the account's sessions and tokens, unlocks it and takes it into use again."""
    password = make_secret(16)
    hashed = hash_password(password)
    _tell(_write(here, lambda tx: accounts.reset(tx, name, password_hash=hashed, by=COMMAND, phone_lost=totp)))
    click.echo(f"account {name}, one-time password on the next line")
    click.echo(password)


@staff.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=ROLE_CHOICE, help="All that it is to have.")
@click.pass_obj
def roles(here: CommandContext, name: str, roles: tuple[str, ...]) -> None:
    """Make these the roles of an account, and no others."""
    chosen = frozenset(map(Role, roles))
    _tell(_write(here, lambda tx: granting.give(tx, name, chosen, COMMAND)))
    click.echo(f"account {name}: {', '.join(sorted(chosen))}")


@staff.command()
@click.argument("name")
@click.pass_obj
def disable(here: CommandContext, name: str) -> None:
    """Take an account out of use at once: its sessions and tokens end. `reset` takes it into use again."""
    _write(here, lambda tx: accounts.disable(tx, name, by=COMMAND))
    click.echo(f"account {name} is disabled")


@staff.command()
@click.argument("name")
@click.pass_obj
def revoke(here: CommandContext, name: str) -> None:
    """End every session and API token of an account."""
    _write(here, lambda tx: accounts.revoke(tx, name, by=COMMAND))
    click.echo(f"sessions and tokens of {name} have ended")


@staff.command()
@click.argument("name")
@click.option("--days", type=click.IntRange(1, 3650), help="How long it is good; without, until it is revoked.")
@click.pass_obj
def token(here: CommandContext, name: str, days: int | None) -> None:
    """Print a new API token."""
    secret = make_secret(40)
    _write(here, lambda tx: accounts.give_token(tx, name, secret, by=COMMAND, days=days or 0))
    click.echo(f"API token of {name} on the next line; it is shown once")
    click.echo(secret)


def _write(here: CommandContext, fn: Callable[[Tx], T]) -> T:
    with here.service() as service:
        return service.db.write(fn)


def _tell(waiting: list[Proposal]) -> None:
    """Who must confirm what has no effect yet."""
    for one in waiting:
        click.echo(f"{one.staff} 的角色 {one.role} 要由{granting.whom(one)}在工作台“账号”页确认，在此之前不起作用")
