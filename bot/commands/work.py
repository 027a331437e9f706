"""``work``."""

import signal
import threading

import click

from bot import supervisor
from bot.commands.context import DEMO, CommandContext
from bot.service import open_service
from bot.worker import ticks


@click.command()
@DEMO
@click.pass_obj
def work(here: CommandContext, demo: bool) -> None:
    """只运行后台：定时任务和收发。"""
    here.check_ready("app_secret")
    supervisor.end_with_supervisor()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    service = open_service(here.settings, demo=demo)
    lead = service.db.engine.lead()
    scheduler = ticks.start(service, lead)
    stop.wait()
    supervisor.end_within(supervisor.GRACE)
    # What is under way ends by its own time-outs; its lease brings it back otherwise.
    scheduler.shutdown(wait=False)
    lead.release()
    service.close()
