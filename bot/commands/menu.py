"""``menu push`` and ``menu show``."""

import json

import click

from bot.commands.context import CommandContext
from bot.settings import require
from bot.wechat.gateway import Gateway
from content.menu import menu as menu_of


@click.group()
def menu() -> None:
    """公众号的菜单。"""


@menu.command()
@click.pass_obj
def push(here: CommandContext) -> None:
    """把 content/menu.toml 的菜单设到公众号；关注者一天内或重新关注后看到。"""
    require(here.settings, "app_secret")
    with here.service() as service:
        Gateway(service).push_menu(menu_of(service.office.base_url))
    click.echo("菜单已设置")


@menu.command()
@click.pass_obj
def show(here: CommandContext) -> None:
    """打印公众号现在的菜单。"""
    require(here.settings, "app_secret")
    with here.service() as service:
        click.echo(json.dumps(Gateway(service).menu(), ensure_ascii=False, indent=2))
