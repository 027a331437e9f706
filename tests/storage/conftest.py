"""A migrated database in a folder of its own, and one line to ask it something."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.engine.database import Database, Tx
from storage.engine.sealing import Vault
from tests.verbs import Clock


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture
def db(tmp_path: Path, migrated: Path, vault: Vault, clock: Clock) -> Iterator[Database]:
    shutil.copyfile(migrated, tmp_path / "shian.db")
    database = Database(tmp_path / "shian.db", vault, clock)
    yield database
    database.close()


@pytest.fixture
def ask(db: Database) -> Callable[[Callable[[Tx], Any]], Any]:
    """Read one thing."""

    def read(fn: Callable[[Tx], Any]) -> Any:
        with db.read() as tx:
            return fn(tx)

    return read
