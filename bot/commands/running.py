"""``serve``, ``work`` and ``run``."""

import signal
import threading

import click

from bot import supervisor
from bot.commands.context import CommandContext
from bot.service import open_service
from bot.settings import require
from bot.web.server import check_address
from bot.web.server import serve as serve_web
from bot.worker import ticks

HOST = click.option("--host", default="127.0.0.1", show_default=True)
PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
DEMO = click.option("--demo", is_flag=True, hidden=True)


@click.command()
@HOST
@PORT
@DEMO
@click.pass_obj
def serve(here: CommandContext, host: str, port: int, demo: bool) -> None:
    """The web side only: webhook, console, public pages, API."""
    _ready(here, "token", *([] if here.settings.wechat.mode == "plain" else ["encoding_aes_key"]))
    supervisor.end_with_supervisor()
    serve_web(here.settings, host, port, demo=demo)


@click.command()
@DEMO
@click.pass_obj
def work(here: CommandContext, demo: bool) -> None:
    """The worker only: scheduler and courier."""
    _ready(here, "app_secret")
    supervisor.end_with_supervisor()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    service = open_service(here.settings, demo=demo)
    scheduler = ticks.start(service)
    stop.wait()
    # What is under way ends by its own time-outs; its lease brings it back otherwise.
    scheduler.shutdown(wait=False)
    service.close()


@click.command()
@HOST
@PORT
@click.pass_obj
def run(here: CommandContext, host: str, port: int) -> None:
    """Both, supervised: the embedded default in production."""
    with here.service() as service:
        service.db.migrate()
    _ready(here, "token", "app_secret")
    check_address(host, port)
    web = ("serve", "--host", host, "--port", str(port))
    supervisor.Supervisor(str(here.config), {"serve": web, "work": ("work",)}).run()


def _ready(here: CommandContext, *keys: str) -> None:
    """Fail with one clear line before anything starts, rather than in every request."""
    require(here.settings, *keys)
    with here.service() as service:
        pending = service.db.pending()
    if pending:
        raise click.ClickException(f"the database waits for migrations ({', '.join(pending)}); run `migrate` first")
