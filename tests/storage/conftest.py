"""A migrated database in a folder of its own, and one line to ask it something."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.engine.database import Database, Tx, open_database
from storage.engine.sealing import Vault
from tests.verbs import Clock


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture
def url(tmp_path: Path, empty: Callable[[Path], str]) -> str:
    """Where the database is."""
    return empty(tmp_path / "shian.db")


@pytest.fixture
def db(url: str, vault: Vault, clock: Clock) -> Iterator[Database]:
    database = open_database(url, vault, clock)
    yield database
    database.close()


@pytest.fixture
def ask(db: Database) -> Callable[[Callable[[Tx], Any]], Any]:
    """Read one thing."""

    def read(fn: Callable[[Tx], Any]) -> Any:
        with db.read() as tx:
            return fn(tx)

    return read
