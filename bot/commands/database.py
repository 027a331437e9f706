"""``database move``."""

import sys

import click

from bot import installation
from bot.commands.context import CommandContext
from bot.service import Service
from storage.engine import moving, remedies
from storage.engine.database import Database, open_database
from storage.engine.moving import Move
from storage.installation import refuse_newer


@click.group()
def database() -> None:
    """存放一切的数据库。"""


@database.command()
@click.argument("url")
@click.pass_obj
def move(here: CommandContext, url: str) -> None:
    """把全部内容搬到一个空的 PostgreSQL 数据库，原来的数据库不变。

    要先停止服务。中断了可以再运行，接着搬。
    """
    with here.unchecked() as service:
        made = installation.check(service)
        refuse_newer(service.db)
        target = open_database(url, service.db.vault)
        try:
            moving.prepare(target, made.name)
            _move(service, target)
        finally:
            target.close()
    click.echo(f'请在 {here.config} 的 [storage] 里写：url = "{remedies.without_password(url)}"')


def _move(service: Service, target: Database) -> None:
    columns = moving.tables(target, service.db.tables())
    service.db.close()  # our own readers would be in the way
    with service.db.engine.alone() as source:
        rows = moving.count(source, columns)
        hidden = not sys.stderr.isatty()
        with click.progressbar(length=2 * rows or 1, label="database move", file=sys.stderr, hidden=hidden) as bar:
            done = Move(source, target, bar.update)
            done.run(columns)
    cleaned = f"，清理了 {done.cleaned} 个含无效字符的值" if done.cleaned else ""
    click.echo(f"已搬完 {len(columns)} 张表、{rows} 行，两边逐表核对一致{cleaned}；原来的数据库没有改动")
