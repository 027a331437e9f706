"""Three web processes and two workers on one private PostgreSQL, one web process killed on the way.

Every report is sent to two of the web processes at once, as the platform repeats what it believes unheard. Counted are
the reports that any of them answered, those of them that are not stored (lost), and those stored more than once.

    python -m benchmarks.nodes [--size 600]
"""

import os
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import click
import requests

from bot.service import open_service
from bot.settings import load
from storage.submissions import submission
from tests.conftest import CONFIG
from tests.endurance.crowd import Letter, Processes
from tests.endurance.test_load import reports
from tests.engines import CLUSTER, Cluster, make_database

WEBS, WORKERS, CONNECTIONS = 3, 2, 24


def city(folder: Path, ends: ExitStack) -> list[Processes]:
    """The nodes, web processes first; all of them run until the end."""
    config = folder / "config.toml"
    storage = f'api_base = "http://127.0.0.1:9"\n[storage]\nurl = "{make_database("nodes")}"\n'
    config.write_text(CONFIG + storage, encoding="utf-8")
    nodes = [Processes(config, folder / f"{n}.log") for n in range(WEBS + WORKERS)]
    nodes[0].command("init")
    for node, command in zip(nodes, ["serve"] * WEBS + ["work"] * WORKERS, strict=True):
        node.start(command)
        ends.callback(_end, node)
    return nodes


def _end(node: Processes) -> None:
    if node.process and node.process.poll() is None:
        node.stop()


def send(webs: list[Processes], letters: list[Letter]) -> list[bool]:
    """Each letter to two of them at once; tells which were answered. The first is killed after a third of them."""
    ways = [(web, requests.Session()) for web in webs]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        jobs = [
            [pool.submit(web.post, session, letter) for web, session in (ways[n % WEBS], ways[(n + 1) % WEBS])]
            for n, letter in enumerate(letters)
        ]
        jobs[len(letters) // 3][0].result()
        webs[0].kill()
        return [any([job.result() for job in copies]) for copies in jobs]


@click.command()
@click.option("--size", default=600, show_default=True, help="Reports, each sent twice.")
def main(size: int) -> None:
    """Send that many reports, and count."""
    with ExitStack() as ends:
        cluster = Cluster(synced=True)
        ends.callback(cluster.stop)
        os.environ[CLUSTER] = str(cluster.folder)
        nodes = city(Path(ends.enter_context(tempfile.TemporaryDirectory())), ends)
        begun = time.perf_counter()
        answered = send(nodes[:WEBS], reports(size, people=100))
        took = time.perf_counter() - begun
        service = open_service(load(nodes[0].config, {}))
        ends.callback(service.close)
        with service.db.read() as tx:
            stored = Counter(one.description for one in submission.every(tx))
    lost = sum(not stored[f"第{n}件"] for n, one in enumerate(answered) if one)
    twice = sum(times > 1 for times in stored.values())
    print(
        f"{WEBS} web processes, one killed on the way, and {WORKERS} workers on one PostgreSQL: "
        f"{sum(answered)} of {size} reports answered in {took:.1f} s, {lost} lost, {twice} handled twice"
    )


if __name__ == "__main__":
    main()
