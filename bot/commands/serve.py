"""``serve``."""

import click

from bot import supervisor
from bot.commands.context import DEMO, HOST, PORT, CommandContext
from bot.web.server import serve as serve_web


@click.command()
@HOST
@PORT
@DEMO
@click.pass_obj
def serve(here: CommandContext, host: str, port: int, demo: bool) -> None:
    """只运行网站：微信接口、工作台、公开页面、API。"""
    here.check_ready(*here.settings.wechat.web_keys)
    supervisor.end_with_supervisor()
    serve_web(here.settings, host, port, demo=demo)
