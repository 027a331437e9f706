"""``menu push`` and ``menu show``."""

import json

import click

from bot.commands.context import CommandContext
from bot.settings import require
from bot.wechat.gateway import Gateway
from content.menu import menu as menu_of


@click.group()
def menu() -> None:
    """The account's menu."""


@menu.command()
@click.pass_obj
def push(here: CommandContext) -> None:
    """Set the menu of content/menu.toml at WeChat; followers see it within a day or on following again."""
    require(here.settings, "app_secret")
    with here.service() as service:
        Gateway(service).push_menu(menu_of(service.office.base_url))
    click.echo("menu set")


@menu.command()
@click.pass_obj
def show(here: CommandContext) -> None:
    """Print the menu that WeChat has now."""
    require(here.settings, "app_secret")
    with here.service() as service:
        click.echo(json.dumps(Gateway(service).menu(), ensure_ascii=False, indent=2))
