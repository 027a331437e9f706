"""``run``. Its process stays as long as the service does, so it loads next to nothing."""

import click

from bot.commands.context import HOST, PORT, CommandContext
from bot.settings import require
from bot.supervisor import Supervisor, complete
from bot.web.address import check_address


@click.command()
@HOST
@PORT
@click.pass_obj
def run(here: CommandContext, host: str, port: int) -> None:
    """网站和后台一起运行并看护，正式使用时用它。"""
    require(here.settings, *here.settings.wechat.web_keys, "app_secret")
    check_address(host, port)
    config = str(here.config)
    if code := complete(config, "migrate"):
        raise click.exceptions.Exit(code)  # it has said why
    web = ("serve", "--host", host, "--port", str(port))
    Supervisor(config, {"serve": web, "work": ("work",)}).run()
