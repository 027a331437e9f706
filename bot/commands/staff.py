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
    """工作台和 API 的账号。"""


@staff.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=ROLE_CHOICE, help="角色，可以写几次。")
@click.option("--unit", default="", help="账号所属的承办单位。")
@click.pass_obj
def add(here: CommandContext, name: str, roles: tuple[str, ...], unit: str) -> None:
    """新建账号，打印一次性密码。"""
    chosen = frozenset(map(Role, roles))
    password = make_secret(16)
    hashed = hash_password(password)
    waiting = _write(
        here, lambda tx: accounts.make(tx, name, unit=unit, roles=chosen, password_hash=hashed, by=COMMAND)
    )
    _tell(waiting)
    click.echo(f"账号 {name}（{'、'.join(roles)}），一次性密码在下一行")
    click.echo(password)


@staff.command("list")
@click.pass_obj
def list_(here: CommandContext) -> None:
    """每行一个账号：名称、角色、状态。"""
    with here.service() as service, service.db.read() as tx:
        waiting = proposal.every(tx)
        for account in stored.every(tx):
            state = "停用" if account.disabled else "要改密码" if account.must_change else "在用"
            state += "".join(f"，角色 {one.role} 待确认" for one in waiting if one.staff == account.name)
            click.echo(f"{account.name}\t{','.join(sorted(account.roles))}\t{account.unit or '-'}\t{state}")


@staff.command()
@click.argument("name")
@click.option("--totp", is_flag=True, help="同时取消两步验证，手机丢了时用。")
@click.pass_obj
def reset(here: CommandContext, name: str, totp: bool) -> None:
    """打印新的一次性密码；账号的登录和令牌随即失效，锁定解除，停用的重新启用。"""
    password = make_secret(16)
    hashed = hash_password(password)
    _tell(_write(here, lambda tx: accounts.reset(tx, name, password_hash=hashed, by=COMMAND, phone_lost=totp)))
    click.echo(f"账号 {name}，一次性密码在下一行")
    click.echo(password)


@staff.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=ROLE_CHOICE, help="账号应有的全部角色。")
@click.pass_obj
def roles(here: CommandContext, name: str, roles: tuple[str, ...]) -> None:
    """把账号的角色改成这些，别的都去掉。"""
    chosen = frozenset(map(Role, roles))
    _tell(_write(here, lambda tx: granting.give(tx, name, chosen, COMMAND)))
    click.echo(f"账号 {name} 的角色：{'、'.join(sorted(chosen))}")


@staff.command()
@click.argument("name")
@click.pass_obj
def disable(here: CommandContext, name: str) -> None:
    """立即停用账号，登录和令牌随即失效；用 reset 重新启用。"""
    _write(here, lambda tx: accounts.disable(tx, name, by=COMMAND))
    click.echo(f"账号 {name} 已停用")


@staff.command()
@click.argument("name")
@click.pass_obj
def revoke(here: CommandContext, name: str) -> None:
    """让账号的登录和 API 令牌全部失效。"""
    _write(here, lambda tx: accounts.revoke(tx, name, by=COMMAND))
    click.echo(f"账号 {name} 的登录和令牌已全部失效")


@staff.command()
@click.argument("name")
@click.option("--days", type=click.IntRange(1, 3650), help="有效天数；不写则到撤销为止。")
@click.pass_obj
def token(here: CommandContext, name: str, days: int | None) -> None:
    """打印一个新的 API 令牌。"""
    secret = make_secret(40)
    _write(here, lambda tx: accounts.give_token(tx, name, secret, by=COMMAND, days=days or 0))
    click.echo(f"账号 {name} 的 API 令牌在下一行，只显示这一次")
    click.echo(secret)


def _write(here: CommandContext, fn: Callable[[Tx], T]) -> T:
    with here.service() as service:
        return service.db.write(fn)


def _tell(waiting: list[Proposal]) -> None:
    """Who must confirm what has no effect yet."""
    for one in waiting:
        click.echo(f"{one.staff} 的角色 {one.role} 要由{granting.whom(one)}在工作台“账号”页确认，在此之前不起作用")
