"""What one report costs on PostgreSQL, beside SQLite: CPU of the service and of the server's processes together.

Both are sent the same sealed, signed reports in this process by 16 threads, in turn, so that the ratio holds on a
noisy machine. PostgreSQL is a private cluster with its files on the disk and every commit synced.

    python -m benchmarks.engines
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from flask import Flask

from benchmarks.webhook import BATCH, ROUNDS, THREADS, letters, timed, where
from bot.service import Service, open_service
from bot.settings import load
from bot.web.app import create_app
from storage.engine.key_file import make_key_file
from tests.conftest import CONFIG
from tests.engines import CLUSTER, Cluster, make_database

TICK = 1000 / os.sysconf("SC_CLK_TCK")
"""Milliseconds."""


def office(url: str) -> Service:
    folder = Path(tempfile.mkdtemp())
    place = url or f"sqlite:///{folder}/shian.db"
    (folder / "config.toml").write_text(f'{CONFIG}\n[storage]\nurl = "{place}"\n', encoding="utf-8")
    settings = load(folder / "config.toml", {})
    make_key_file(settings.key_file)
    service = open_service(settings)
    service.db.migrate()
    return service


def servers(cluster: Cluster) -> float:
    """CPU milliseconds of the server's processes, those that have ended included."""
    master = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    spent = 0.0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        if int(fields[1]) == master:
            spent += (int(fields[11]) + int(fields[12])) * TICK
        elif int(entry.name) == master:
            spent += sum(map(int, fields[11:15])) * TICK
    return spent


def main() -> None:
    cluster = Cluster(synced=True)
    os.environ[CLUSTER] = str(cluster.folder)
    offices = {"sqlite": office(""), "postgresql": office(make_database("bench"))}
    apps: dict[str, Flask] = {name: create_app(service) for name, service in offices.items()}
    cpu: dict[str, list[float]] = {name: [] for name in apps}
    wall: dict[str, list[float]] = {name: [] for name in apps}
    for round_ in range(ROUNDS + 1):
        for name, app in apps.items():
            batch = letters(round_, f"{name}-")
            begun = time.process_time() * 1000 + servers(cluster)
            took = timed(app, batch, THREADS)
            spent = time.process_time() * 1000 + servers(cluster) - begun
            if round_:
                cpu[name].append(spent / BATCH)
                wall[name].append(took)
    for name in apps:
        spent, took = statistics.median(cpu[name]), statistics.median(wall[name])
        ratio = statistics.median(a / b for a, b in zip(cpu[name], cpu["sqlite"], strict=True))
        print(
            f"{name:10} {spent:.2f} ms CPU of service and server, {took:.0f} µs by the clock a report "
            f"at {THREADS} threads; {ratio:.2f} times SQLite's CPU"
        )
        print(f"{'':10} {where(apps[name], THREADS)}")
    for service in offices.values():
        service.close()
    cluster.stop()


if __name__ == "__main__":
    main()
