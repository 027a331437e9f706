"""Small writes, and a writer that is kept busy."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import ticks
from storage.engine.database import open_database


def note(name):
    """A small write under a name."""
    return lambda tx: ticks.ran(tx, name)


def names(db) -> set[str]:
    with db.read() as tx:
        return {row["name"] for row in tx.all("select name from tick")}


@pytest.fixture
def held(db):
    """Keeps the writer busy until `let_go` is called; what is written meanwhile waits behind it."""
    busy, release = threading.Event(), threading.Event()

    def wait(_tx):
        busy.set()
        assert release.wait(10)

    with ThreadPoolExecutor(40) as pool:
        pool.submit(db.write, wait)
        assert busy.wait(10)
        yield pool, release.set
        release.set()


def queued(db, pool, *jobs):
    """Hand writes in from threads of their own, and see them wait."""
    waiting = [pool.submit(db.write, job) for job in jobs]
    while db._jobs.qsize() < len(jobs):
        threading.Event().wait(0.001)
    return waiting


@pytest.fixture
def on_disk(url, vault):
    """The names that another process sees."""

    def read() -> set[str]:
        other = open_database(url, vault)
        found = names(other)
        other.close()
        return found

    return read
