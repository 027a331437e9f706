"""Verbs for tests: an office on a real database, people who write to it through the real webhook."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from wechatpy.crypto import WeChatCrypto
from wechatpy.parser import parse_message

from bot.service import Service, open_service
from bot.settings import load
from bot.web.app import create_app
from bot.wechat import webhook
from bot.wechat.wire import Wire
from storage import audit
from storage.engine.database import Database, Tx
from storage.engine.sealing import Vault, make_key_file
from storage.people import staff
from storage.people.staff import Role, Staff
from storage.submissions import submission
from storage.submissions.submission import Submission

ROOT = Path(__file__).parent.parent
APP_ID = "wx2c2769f8efd9abc2"
TOKEN = "spamtest"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
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


class Clock:
    """The time tests own. 2026-11-23 is a Monday; 09:00 in Xinmi."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Phone:
    """A citizen's phone: sends through the real webhook, encrypted and signed, and reads what comes back."""

    client: FlaskClient
    openid: str
    clock: Clock
    sent: list[dict[str, str]] = field(default_factory=list)

    def send(self, **fields: str) -> str | None:
        """Send a message of any fields; returns the text of the reply, None for silence."""
        self.clock.advance(seconds=1)
        message = {
            "ToUserName": "gh_test",
            "FromUserName": self.openid,
            "CreateTime": str(int(self.clock.now.timestamp())),
            "MsgId": str(len(self.sent) + 10**18 + hash(self.openid) % 10**6 * 1000),
        } | fields
        self.sent.append(message)
        return self.repeat()

    def repeat(self) -> str | None:
        """Send the last message again, as WeChat does when it hears nothing."""
        message = self.sent[-1]
        response = post(self.client, envelope(message))
        assert response.status_code == 200, response.text
        return opened(response.data)

    def say(self, text: str) -> str | None:
        return self.send(MsgType="text", Content=text)

    def picture(self, media: str) -> str | None:
        return self.send(MsgType="image", MediaId=media, PicUrl="http://mmbiz.example/1")

    def event(self, name: str, key: str = "") -> str | None:
        return self.send(MsgType="event", Event=name, EventKey=key)


def state_of(tx: Tx, about: str) -> tuple[str, str] | None:
    """(state, error) of the only parcel about that in the outbox."""
    row = tx.one("select state, error from outbox where about = :about", about=about)
    return (row["state"], row["error"] or "") if row else None


def envelope(fields: dict[str, str]) -> str:
    inner = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
    return f"<xml>{inner}</xml>"


def post(client: FlaskClient, xml: str, *, timestamp: str = "1409735669", nonce: str = "1320562132", **query: str):
    """Encrypt, sign and post."""
    sealed = WeChatCrypto(TOKEN, AES_KEY, APP_ID).encrypt_message(xml, nonce, timestamp)
    signature = sealed.split("<MsgSignature><![CDATA[")[1].split("]")[0]
    plain = Wire(load_settings_for_signature()).signature(timestamp, nonce)
    arguments = {
        "signature": plain,
        "timestamp": timestamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": signature,
    }
    return client.post("/wechat", query_string=arguments | query, data=sealed.encode())


def load_settings_for_signature():
    from bot.settings import WeChatSettings

    return WeChatSettings(app_id=APP_ID, token=TOKEN, encoding_aes_key=AES_KEY)


def opened(body: bytes) -> str | None:
    """The text of an encrypted reply; None for `success` or nothing."""
    if body in (b"", b"success"):
        return None
    crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
    parts = {name: body.decode().split(f"<{name}>")[1].split("</")[0] for name in ("TimeStamp",)}
    fields = {
        name: body.decode().split(f"<{name}><![CDATA[")[1].split("]]>")[0]
        for name in ("Encrypt", "MsgSignature", "Nonce")
    }
    xml = crypto.decrypt_message(body.decode(), fields["MsgSignature"], parts["TimeStamp"], fields["Nonce"])
    return parse_message(xml)._data["Content"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the schema of today. Each test copies it: migrating costs far more than copying."""
    path = tmp_path_factory.mktemp("migrated") / "shian.db"
    database = Database(path, Vault(bytes(32)))
    database.migrate()
    database.close()
    return path


@pytest.fixture
def service(tmp_path: Path, migrated: Path, clock: Clock) -> Iterator[Service]:
    """A migrated office in a folder of its own."""
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    settings = load(config, {})
    make_key_file(settings.key_file)
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    database.parent.mkdir(exist_ok=True)
    shutil.copyfile(migrated, database)
    service = open_service(settings)
    service.db.clock = clock
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
def hire(service: Service) -> Callable[..., Staff]:
    """Make an account with these roles."""

    def make(name: str, *roles: Role) -> Staff:
        service.db.write(lambda tx: staff.add(tx, name, password_hash="x", roles=frozenset(roles), must_change=False))
        with service.db.read() as tx:
            account = staff.get(tx, name)
        assert account is not None
        return account

    return make


@pytest.fixture
def stored(service: Service) -> Callable[[], list[Submission]]:
    """All submissions, oldest first."""

    def read() -> list[Submission]:
        with service.db.read() as tx:
            return list(submission.every(tx))

    return read


@pytest.fixture
def audited(service: Service) -> Callable[[], list[str]]:
    """The actions of the audit chain, oldest first."""

    def read() -> list[str]:
        with service.db.read() as tx:
            return [row.action for row in audit.rows(tx)]

    return read


@pytest.fixture
def listener() -> Iterator[Any]:
    """A web server of the office's own, which keeps what it is sent."""
    from tests.journeys.night import Listener

    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()
