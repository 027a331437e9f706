"""``init`` and ``migrate``."""

import click

from bot import installation
from bot.commands.context import CommandContext
from bot.service import Service
from bot.web.passwords import hash_password, make_secret
from handlers.people import accounts
from storage.engine.database import Tx
from storage.people import staff
from storage.people.staff import Role

FIRST_ADMIN = "admin"


@click.command()
@click.pass_obj
def init(here: CommandContext) -> None:
    """生成密钥文件、数据库和第一个管理员，可以重复运行。"""
    settings = here.settings
    here.check_content()
    if installation.make_key(settings):
        click.echo(f"密钥文件已生成：{settings.key_file}。请另存一份，丢了就什么都读不出来")
    password = make_secret(16)
    hashed = hash_password(password)

    def first(tx: Tx) -> bool:
        if staff.every(tx):
            return False
        roles = frozenset({Role.ADMIN, Role.SECURITY})
        accounts.make(tx, FIRST_ADMIN, unit="", roles=roles, password_hash=hashed, by="init")
        return True

    with here.unchecked() as service:
        _prepare(service, by="init", anew=True)
        made = service.db.write(first)
    if made:
        click.echo(f"管理员账号 {FIRST_ADMIN}，一次性密码在下一行")
        click.echo(password)
    else:
        click.echo(f"账号已经有了，没有改动；要新的一次性密码请运行 staff reset {FIRST_ADMIN}")


@click.command()
@click.pass_obj
def migrate(here: CommandContext) -> None:
    """把数据库升级到本版本。"""
    here.check_content()
    with here.unchecked() as service:
        _prepare(service, by="migrate")


def _prepare(service: Service, *, by: str, anew: bool = False) -> None:
    for name in installation.prepare(service, by=by, anew=anew):
        click.echo(f"数据库已升级：{name}")
