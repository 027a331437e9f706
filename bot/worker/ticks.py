"""The table of scheduled ticks. APScheduler wakes them; what is due, the database knows.

Each tick asks the database and may run any number of times: a worker that was killed, or a scheduler that
slept, loses nothing.
"""

import logging
from collections.abc import Callable
from concurrent import futures
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot import working_days
from bot.service import Service
from bot.wechat.errors import PlatformError
from bot.wechat.gateway import Gateway
from bot.worker import leaps
from bot.worker.articles import Releaser
from bot.worker.courier import Courier
from bot.worker.retention import forget, forget_files
from bot.worker.sweep import sweep
from handlers.chat import reminding, routing
from handlers.exposure import releasing
from handlers.notices import alarms, roster, telling
from storage import audit_head, ticks
from storage.engine.session import Lead
from storage.errors import StorageError

HOURLY = timedelta(hours=1)
NOTED = timedelta(minutes=1)
"""How often it is written down that a tick without rest still runs: /metrics tells it."""
LOOK = 1.0
CALLERS = 3
"""So many people are called at the same moment by each way of the office's own."""
log = logging.getLogger("shian.clock")


@dataclass(frozen=True)
class Tick:
    """`run` is woken every `seconds`; with `rest` it does its work only when that long has passed since."""

    name: str
    seconds: float
    run: Callable[[Service], object]
    rest: timedelta | None = None


def side_by_side(drain: Callable[[str], None], kind: str) -> None:
    """Drain a kind by several at once: whom one slow call is for, it alone keeps waiting."""
    with futures.ThreadPoolExecutor(CALLERS) as callers:
        for done in [callers.submit(drain, kind) for _ in range(CALLERS)]:
            done.result()


def keep_page_ticket(service: Service, gateway: Gateway) -> None:
    """Have at hand what the consent page is signed with, where an office asks for consents."""
    if not service.office.subscribe_template:
        return
    try:
        gateway.keep_page_ticket()
    except PlatformError as error:
        log.warning("no ticket to sign the consent page with: %s", error)


def ticks_of(service: Service) -> tuple[Tick, ...]:
    """Every tick of the worker."""
    gateway = Gateway(service)
    courier, releaser = Courier(service, gateway), Releaser(service, gateway)
    return (
        Tick("media", 1, lambda _: courier.fetch()),
        Tick("alarms", 2, lambda service: service.db.write(lambda tx: alarms.call_due(tx, service.office))),
        Tick("notices", 1, lambda _: courier.drain("notice")),
        Tick("tags", 2, lambda _: courier.drain("tags")),
        # A way of its own each: one that hangs must not keep the other waiting.
        Tick("alarm webhook", 1, lambda _: side_by_side(courier.drain, alarms.WEBHOOK)),
        Tick("alarm command", 1, lambda _: side_by_side(courier.drain, alarms.COMMAND)),
        Tick("roster", 60, lambda service: service.db.write(lambda tx: roster.remind(tx, service.office)), rest=HOURLY),
        Tick("due", 1, lambda service: service.db.write(releasing.release_due)),
        Tick("articles", 1, lambda _: courier.drain("article")),
        Tick("poll", 5, lambda _: releaser.poll()),
        Tick("sweep", 5, sweep),
        Tick("tasks", 60, lambda service: service.db.write(lambda tx: telling.watch(tx, service.office))),
        Tick("doubts", 5, lambda service: service.db.write(lambda tx: routing.settle_silent(tx, service.office))),
        Tick("talks", 60, lambda service: service.db.write(lambda tx: reminding.remind(tx, service.office))),
        Tick("calendar", 60, lambda service: working_days.recompute(service.db)),
        Tick("words", 2, lambda service: service.words.catch_up()),
        Tick("page ticket", 5, lambda service: keep_page_ticket(service, gateway)),
        Tick("audit head", 10, lambda service: audit_head.move_on(service.db, service.settings.audit_heads)),
        Tick("forget", 60, lambda service: service.db.write(forget)),
        Tick("analyze", 60, lambda service: service.db.analyze(), rest=timedelta(days=1)),
        Tick("files", 60, forget_files, rest=timedelta(days=1)),
    )


def run_tick(service: Service, tick: Tick) -> None:
    """Run one tick if it is its time; a database that cannot be used now is said, and asked again."""
    try:
        with service.db.read() as tx:
            last, now = ticks.last(tx, tick.name), tx.now
        if last is not None and last > now:
            service.db.write(lambda tx: leaps.settle(tx, service.office))
            last = now
        rested = last is None or now - last >= (tick.rest or NOTED)
        if tick.rest is not None and not rested:
            return
        tick.run(service)
        if rested:
            service.db.write(lambda tx: ticks.ran(tx, tick.name))
    except StorageError as error:
        log.error("tick %s: %s", tick.name, error)


def run_if_leading(service: Service, tick: Tick, lead: Lead) -> None:
    """One worker runs the ticks; the others of several nodes stand by until it is gone."""
    if lead.held():
        run_tick(service, tick)


class _Awake(BackgroundScheduler):  # type: ignore[misc]
    """Looks every second at least: it reads the clock twice a round, and between both it may be set back."""

    def _process_jobs(self) -> float:
        wait = super()._process_jobs()
        return LOOK if wait is None else min(wait, LOOK)


class _Unmoved(MemoryJobStore):  # type: ignore[misc]
    """The jobs of a scheduler whose clock may be set: APScheduler waits until it reads the old time again.

    A job that is not due within its own interval of now was planned by the clock before, and is due now, once.
    """

    def get_due_jobs(self, now: datetime) -> Any:
        for job in self.get_all_jobs():
            if abs(job.next_run_time - now) > job.trigger.interval:
                job.modify(next_run_time=now)
        return super().get_due_jobs(now)


def start(service: Service, lead: Lead) -> BackgroundScheduler:
    """Start all ticks, each in a thread of its own and never beside itself, for as long as this worker leads."""
    table = ticks_of(service)
    scheduler = _Awake(
        jobstores={"default": _Unmoved()},
        executors={"default": ThreadPoolExecutor(len(table))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )
    for tick in table:
        scheduler.add_job(run_if_leading, "interval", (service, tick, lead), seconds=tick.seconds, id=tick.name)
    scheduler.start()
    return scheduler
