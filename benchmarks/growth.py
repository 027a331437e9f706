"""What an office of years costs: every page, filter and list, each tick, an export and an import.

Makes a county once and keeps it; measures against the clock of its last day. Times are CPU milliseconds of the whole
process, so that they hold on a busy machine; what is in memory already is not read from the disk again.

    python -m benchmarks.growth                          50,000 submissions in var/county, made in two to five minutes
    python -m benchmarks.growth --submissions 1000000 --folder /var/tmp/county
"""

import gc
import io
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import click

from benchmarks import walk
from benchmarks.county import fill, registers
from benchmarks.county.__main__ import open_county
from bot.commands.export import SOURCES, WRITERS
from bot.service import Service
from bot.web.app import create_app
from bot.worker.ticks import run_tick, ticks_of
from handlers.registers import importing
from storage.engine.database import Tx
from storage.engine.times import moment

CALLS, PATIENCE = 60, 2.0
"""Calls of each kind at most, and seconds of CPU after which there are none more."""
EXPORTED, IMPORTED, AT_ONCE = 20_000, 1_000, 100


BACKLOG = timedelta(days=2)
"""So long the worker was off before it is measured."""


class Undo(Exception):
    """Leaves a transaction without a trace."""


def spent(call: Callable[[], object]) -> float:
    """CPU milliseconds."""
    begun = time.process_time()
    call()
    return (time.process_time() - begun) * 1000


def row(name: str, times: list[float], more: str = "") -> None:
    ordered = sorted(times)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    print(f"{name:34} {statistics.median(ordered):9.1f} {p95:9.1f} {len(ordered):6}  {more}")


def pages(service: Service) -> None:
    browser = walk.client(create_app(service))
    with service.db.read() as tx:
        stops = list(walk.stops(tx))
    for stop in stops:
        times: list[float] = []
        paths = cycle(stop.paths)
        while len(times) < max(CALLS, len(stop.paths)) and sum(times) < PATIENCE * 1000:
            times.append(spent(partial(browser.get, next(paths), headers=dict(stop.headers))))
        row(stop.name, times)


class Held:
    """Notes how long each transaction that writes is open, before its commit."""

    def __init__(self, service: Service) -> None:
        self._write = service.db.write
        self.longest, self.count = 0.0, 0
        service.db.write = self  # type: ignore[assignment, method-assign]

    def __call__(self, fn: Callable[[Tx], object], timeout: float = 600) -> object:
        def timed(tx: Tx) -> object:
            begun = time.thread_time()
            try:
                return fn(tx)
            finally:
                self.count += 1
                self.longest = max(self.longest, (time.thread_time() - begun) * 1000)

        return self._write(timed, timeout)


def ticks(service: Service, now: list[datetime]) -> None:
    held = Held(service)
    now[0] += BACKLOG
    for tick in ticks_of(service):
        times = []
        for _ in range(3):
            held.longest = 0.0
            now[0] += timedelta(minutes=2) + (tick.rest or timedelta())
            times.append(spent(partial(run_tick, service, tick)))
        row(f"tick {tick.name}", times, f"writer held {held.longest:.1f} ms at most")


def export(service: Service) -> None:
    for what, (rows, names) in SOURCES.items():
        with service.db.read() as tx:
            list(islice(rows(tx, service), 1))  # what is read once only is read now
            some = Counted(islice(rows(tx, service), EXPORTED))
            took = spent(partial(WRITERS["jsonl"], io.BytesIO(), some, names))
        rate(f"export {what}", some.count, took)


class Counted:
    """Rows, and how many went by."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Any]:
        for one in self._rows:
            self.count += 1
            yield one


def rate(name: str, rows: int, took: float) -> None:
    print(f"{name:34} {rows / took * 1000:9,.0f} rows a second")


def import_merchants(service: Service) -> None:
    """A file of new businesses, and the same file again; nothing of it stays."""
    made = list(registers.rows(service.office, IMPORTED, random.Random(2)))
    store = partial(importing.store, office=service.office, register="merchants")

    def take_in(tx: Tx) -> None:
        for name in ("new", "again"):
            took = spent(lambda: [store(tx, rows=made[n : n + AT_ONCE]) for n in range(0, IMPORTED, AT_ONCE)])
            rate(f"import merchants, {name}", IMPORTED, took)
        raise Undo

    with suppress(Undo):
        service.db.write(take_in, timeout=600)


@click.command()
@click.option("--submissions", default=50_000, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), default=Path("var/county"), show_default=True)
def main(submissions: int, folder: Path) -> None:
    """Measure a county of that size, which is made in FOLDER/SUBMISSIONS when it is not there."""
    service = open_county(folder / str(submissions))
    with service.db.read() as tx:
        there = tx.value("select count(*) from submission")
        last = tx.value("select max(created_at) from submission")
    if not there:
        print(f"making {submissions:,} submissions …", file=sys.stderr)
        rows = fill(service, submissions)
        last = service.db.clock().isoformat()
        print(f"{rows:,} rows", file=sys.stderr)
    now = [moment(last)]
    service.db.clock = lambda: now[0]
    walk.enter(service)
    begun, indexed = time.process_time(), service.words.catch_up()
    took = time.process_time() - begun
    print(f"{indexed:,} submissions indexed by their words in {took:.0f} s of CPU", file=sys.stderr)
    gc.freeze()
    print(f"{submissions:,} submissions; CPU milliseconds of the process\n")
    print(f"{'':34} {'p50':>9} {'p95':>9} {'calls':>6}")
    pages(service)
    ticks(service, now)
    export(service)
    import_merchants(service)
    service.close()


if __name__ == "__main__":
    main()
