"""The database that a run of the tests stands on: ``--engine sqlite`` (the default) or ``--engine postgresql``.

PostgreSQL is a private cluster on a Unix socket, made for the run and gone with it.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage.engine.database import Database, open_database
from storage.engine.sealing import Vault

CLUSTER = "SHIAN_TEST_CLUSTER"
"""The folder of the cluster's socket, for the processes of one run."""
LOCKED = "locked"
"""The user of the cluster who would need a password."""
ALONE = ("listen_addresses=", "max_connections=400")
UNSAFE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
WIPE = """
do $$ declare one record; begin
    set local session_replication_role = replica;
    for one in select tablename from pg_tables where schemaname = 'public' and tablename <> 'migration' loop
        execute format('delete from %I', one.tablename);
    end loop;
end $$
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=["sqlite", "postgresql"], default="sqlite", help="what the tests store in")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("engine") == "postgresql" and CLUSTER not in os.environ:
        cluster = Cluster()
        os.environ[CLUSTER] = str(cluster.folder)
        config.add_cleanup(cluster.stop)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about the one engine has nothing to say about the other, and what stores nothing is run once."""
    second = config.getoption("engine") == "postgresql"
    foreign = "embedded" if second else "postgresql"

    def tells(item: Any) -> bool:
        if item.get_closest_marker(foreign):
            return False
        return not second or "engine" in item.fixturenames or bool(item.get_closest_marker("postgresql"))

    config.hook.pytest_deselected(items=[item for item in items if not tells(item)])
    items[:] = [item for item in items if tells(item)]


def binaries() -> Path:
    """Where the server's programs are. Ends the run with the command that installs them."""
    known = [Path(folder) for folder in os.environ.get("PATH", "").split(":")]
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    for folder in (*reversed(packaged), *known):
        if (folder / "initdb").exists():
            return folder
    pytest.exit("PostgreSQL is not installed: apt-get install postgresql", returncode=1)


class Cluster:
    """A server of this run alone. It refuses to run as root, so that root's belongs to another user."""

    def __init__(self, *, synced: bool = False) -> None:
        self.bin = binaries()
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) and not synced else None
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir=base))
        self.owner = _somebody() if os.geteuid() == 0 else None
        if self.owner:
            shutil.chown(self.folder, self.owner)
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        hba = data / "pg_hba.conf"
        hba.write_text(f"local all {LOCKED} scram-sha-256\n{hba.read_text()}")
        quick = () if synced else UNSAFE
        options = [f"-c {one}" for one in (*ALONE, *quick, f"unix_socket_directories={self.folder}")]
        self._run("pg_ctl", "-D", data, "-w", "-l", self.folder / "log", "-o", " ".join(options), "start")

    def _run(self, program: str, *arguments: object) -> None:
        as_owner = (
            {"user": self.owner, "group": pwd.getpwnam(self.owner).pw_gid, "extra_groups": []} if self.owner else {}
        )
        command = [str(self.bin / program), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **as_owner)

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


def _somebody() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def url_of(name: str) -> str:
    return f"postgresql://postgres@/{name}?host={os.environ[CLUSTER]}"


def make_database(name: str) -> str:
    """An empty database of that name in the cluster, whatever was in it before; returns its URL."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name}")
    return url_of(name)


def make_migrated(engine: str, path: Path, name: str) -> str:
    """An empty database with the schema of today, in that file or of that name; returns its URL."""
    url = f"sqlite:///{path}" if engine == "sqlite" else make_database(name)
    database = open_database(url, Vault(bytes(32)))
    database.migrate()
    database.close()
    return url


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """Which engine this run is about."""
    return str(request.config.getoption("engine"))


@pytest.fixture(scope="session")
def migrated(engine: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The URL of an empty database with the schema of today, which each test copies or wipes: migrating costs more."""
    return make_migrated(engine, tmp_path_factory.mktemp("migrated") / "shian.db", f"test_{worker_id}")


@pytest.fixture
def empty(migrated: str) -> Callable[[Path], str]:
    """An empty, migrated database; in the file of that name, where it is one. Returns its URL."""

    def make(path: Path) -> str:
        if migrated.startswith("sqlite"):
            path.parent.mkdir(exist_ok=True)
            shutil.copyfile(migrated.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        with psycopg.connect(migrated, autocommit=True) as connection:
            connection.execute(WIPE)
        return migrated

    return make


def everything_in(database: Database) -> str:
    """All that is stored, as somebody reads it who has the database and no key."""
    with database.read() as tx:
        tables = sorted(database.engine.tables(tx._session))
        rows = [row for table in tables for row in tx.all(f"select * from {table}")]
    kept = getattr(database.engine, "path", None)
    raw = [path.read_bytes().decode(errors="replace") for path in kept.parent.glob(f"{kept.name}*")] if kept else []
    return re.sub(r"\s+", " ", " ".join(map(str, rows))) + "".join(raw)
