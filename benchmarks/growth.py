"""What an office of years costs: every page, filter and search, each tick, its commands, the webhook, memory.

Makes a county once and keeps it; each run measures a copy. CPU times hold on a busy machine; what is in memory already
is not read from the disk again.

    python -m benchmarks.growth                          50,000 submissions in var/county, made in two to five minutes
    python -m benchmarks.growth --size 1000000 --folder /var/tmp/county
"""

import gc
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks import walk
from benchmarks.county import fill, registers
from benchmarks.county.__main__ import open_county
from benchmarks.processes import COMMANDS, commands, memory, office, webhook
from benchmarks.webhook import BATCH
from bot.service import Service, open_service
from bot.settings import load
from bot.web.app import create_app
from bot.worker.retention import KEPT_MESSAGES
from bot.worker.ticks import run_tick, ticks_of
from handlers.registers import importing
from storage.engine.database import Tx
from storage.engine.times import moment

PATIENCE = 2.0
"""Seconds of CPU after which there are no more calls of a kind."""
IMPORTED, AT_ONCE = 1_000, 100
LOOKS = 100
"""How often the tick that forgets looks."""
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


def pages(service: Service, calls: int) -> None:
    browser = walk.client(create_app(service))
    with service.db.read() as tx:
        stops = list(walk.stops(tx))
    for stop in stops:
        times: list[float] = []
        paths = cycle(stop.paths)
        while len(times) < calls and sum(times) < PATIENCE * 1000:
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


def ticks(service: Service, now: list[datetime], held: Held) -> None:
    now[0] += BACKLOG
    for tick in ticks_of(service):
        times = []
        for _ in range(3):
            held.longest = 0.0
            now[0] += timedelta(minutes=2) + (tick.rest or timedelta())
            times.append(spent(partial(run_tick, service, tick)))
        row(f"tick {tick.name}", times, f"writer held {held.longest:.1f} ms at most")


def roll_off(service: Service, now: list[datetime], held: Held) -> None:
    """Half a year's messages have become too old: what a look erases of them, and how long others wait for it."""
    (tick,) = (one for one in ticks_of(service) if one.name == "forget")
    now[0] += KEPT_MESSAGES
    before, waits, held.longest = count(service, "inbox"), [], 0.0
    took = 0.0
    for _ in range(LOOKS):
        begun = time.perf_counter()
        took += spent(partial(run_tick, service, tick))
        waits.append((time.perf_counter() - begun) * 1000)
    paused = f"writer held {held.longest:.1f} ms of CPU at most, {max(waits):.0f} ms by the clock with its commit"
    rate("roll-off of the inbox", before - count(service, "inbox"), took, paused)


def count(service: Service, table: str) -> int:
    with service.db.read() as tx:
        return int(tx.value(f"select count(*) from {table}"))


def rate(name: str, rows: int, took: float, more: str = "") -> None:
    print(f"{name:34} {rows / took * 1000:9,.0f} rows a CPU second  {more}")


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


def ready(county: Path, size: int) -> None:
    """Make a county of that size where there is none."""
    service = open_county(county)
    if not count(service, "submission"):
        print(f"making {size:,} submissions …", file=sys.stderr)
        print(f"{fill(service, size):,} rows", file=sys.stderr)
        service.db.analyze()  # as the worker does once a day
    took = spent(service.words.catch_up) / 1000
    print(f"the index of words is ready; it took {took:.0f} s of CPU now", file=sys.stderr)
    service.close()


def by_itself(service: Service, calls: int) -> None:
    """What one process does, against the clock of the county's last day."""
    with service.db.read() as tx:
        now = [moment(tx.value("select max(created_at) from submission"))]
    service.db.clock = lambda: now[0]
    walk.enter(service)
    gc.collect()
    gc.freeze()
    print(f"\nCPU milliseconds of the whole process\n{'':34} {'p50':>9} {'p95':>9} {'calls':>6}")
    pages(service, calls)
    held = Held(service)
    ticks(service, now, held)
    print()
    import_merchants(service)
    roll_off(service, now, held)


@click.command()
@click.option("--size", default=50_000, show_default=True, help="Submissions of the county.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("var/county"), show_default=True)
@click.option("--calls", default=60, show_default=True, help="Calls of each kind of page at most.")
@click.option("--rounds", default=9, show_default=True, help="Rounds of a hundred messages each.")
def main(size: int, folder: Path, calls: int, rounds: int) -> None:
    """Measure a county of that size, which is made in FOLDER/SIZE when it is not there."""
    ready(folder / str(size), size)
    with TemporaryDirectory(dir=folder) as scratch:
        full, empty = office(Path(scratch) / "full", folder / str(size)), office(Path(scratch) / "empty")
        services = [open_service(load(one.config, {})) for one in (full, empty)]
        rows = Counter({table: count(services[0], table) for table in COMMANDS.values()})
        print(f"{size:,} submissions, {rows['audit']:,} rows of the audit chain\n")
        commands(full, empty, rows)
        webhook(*services, rounds)
        walk.enter(services[0])
        with services[0].db.read() as tx:
            stops = list(walk.stops(tx))
        memory(full, stops, calls, rounds * BATCH)
        by_itself(services[0], calls)
        for service in services:
            service.close()


if __name__ == "__main__":
    main()
