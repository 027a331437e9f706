"""Verbs for tests: an office on a real database, people who write to it through the real webhook."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from bot import installation
from bot.service import Service, open_service
from bot.settings import load
from bot.web.app import create_app
from bot.wechat import webhook
from storage import audit
from storage.engine import boxes
from storage.engine.key_file import make_key_file
from tests.verbs import AES_KEY, APP_ID, TOKEN, Clock, Phone

pytest_plugins = ["tests.engines", "tests.verbs"]

ROOT = Path(__file__).parent.parent
CONFIG = f"""
[site]
name = "新密市场监管"
region = "新密市"
base_url = "http://127.0.0.1:8000"

[wechat]
app_id = "{APP_ID}"
app_secret = "test-secret"
token = "{TOKEN}"
encoding_aes_key = "{AES_KEY}"
"""


class Compiled(BytecodeCache):
    """Templates compiled once a process: each test makes an app of its own."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


def pytest_configure() -> None:
    """Databases of tests are synced as in production; where memory can be a disk, that costs nothing."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey walks a whole way over HTTP: the full run has them, the quick check has their parts."""
    for item in items:
        if "journeys" in item.path.relative_to(ROOT).parts:
            item.add_marker("slow")


@pytest.fixture(scope="session", autouse=True)
def cheap_passphrases() -> Iterator[None]:
    """Trying a passphrase costs a tenth of a second and 64 MB on purpose; here it shall not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boxes, "MEMORY", 64)
        patch.setattr(boxes, "PASSES", 1)
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(tmp_path: Path, empty: Callable[[Path], str], clock: Clock) -> Iterator[Service]:
    """A migrated office in a folder of its own."""
    config = tmp_path / "config.toml"
    url = empty(tmp_path / "var" / "shian.db")
    config.write_text(f'{CONFIG}\n[storage]\nurl = "{url}"\n', encoding="utf-8")
    settings = load(config, {})
    make_key_file(settings.key_file)
    service = open_service(settings)
    service.db.clock = clock
    installation.prepare(service, by="init")
    yield service
    service.close()


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture
def webhook_client(service: Service) -> FlaskClient:
    """The webhook alone: a phone needs no other door, and every route costs a millisecond to make."""
    return create_app(service, [webhook]).test_client()


@pytest.fixture
def phone(webhook_client: FlaskClient, clock: Clock) -> Phone:
    return Phone(webhook_client, "oReporterOne0000000000000001", clock)


@pytest.fixture
def other_phone(webhook_client: FlaskClient, clock: Clock) -> Phone:
    return Phone(webhook_client, "oReporterTwo0000000000000002", clock)


@pytest.fixture
def audited(service: Service) -> Callable[[], list[str]]:
    """The actions of the audit chain, oldest first, behind the row that `init` begins it with; no looks at lists."""

    def read() -> list[str]:
        with service.db.read() as tx:
            return [row.action for row in audit.rows(tx, after=1) if row.action != "list"]

    return read


@pytest.fixture
def listener() -> Iterator[Any]:
    """A web server of the office's own, which keeps what it is sent."""
    from tests.journeys.night import Listener

    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()
