"""Verbs and people that tests of every room use: citizens who write, staff who act, an office that publishes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from wechatpy.crypto import WeChatCrypto
from wechatpy.parser import parse_message

from bot.service import Service
from bot.settings import WeChatSettings
from bot.wechat.wire import Wire
from handlers.exposure import articles
from handlers.submissions import desk
from storage.engine.database import Tx
from storage.exposure.article import Article
from storage.people import staff
from storage.people.staff import Role, Staff
from storage.submissions import submission
from storage.submissions.submission import Submission

APP_ID = "wx2c2769f8efd9abc2"
TOKEN = "spamtest"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SIGNED = WeChatSettings(app_id=APP_ID, token=TOKEN, encoding_aes_key=AES_KEY)
WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉"


def until(holds: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait until something holds; says what never came. Long enough for a machine that is busy with other things."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come within {seconds:g} seconds"
        time.sleep(0.02)


def spoil(path: Path) -> None:
    """Change the last byte of a file to another one."""
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))


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


def envelope(fields: dict[str, str]) -> str:
    inner = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
    return f"<xml>{inner}</xml>"


def post(client: FlaskClient, xml: str, *, timestamp: str = "1409735669", nonce: str = "1320562132", **query: str):
    """Encrypt, sign and post."""
    sealed = WeChatCrypto(TOKEN, AES_KEY, APP_ID).encrypt_message(xml, nonce, timestamp)
    signature = sealed.split("<MsgSignature><![CDATA[")[1].split("]")[0]
    plain = Wire(SIGNED).signature(timestamp, nonce)
    arguments = {
        "signature": plain,
        "timestamp": timestamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": signature,
    }
    return client.post("/wechat", query_string=arguments | query, data=sealed.encode())


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


def state_of(tx: Tx, about: str) -> tuple[str, str] | None:
    """(state, error) of the only parcel about that in the outbox."""
    row = tx.one("select state, error from outbox where about = :about", about=about)
    return (row["state"], row["error"] or "") if row else None


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
def tip(phone: Phone, stored: Callable[[], list[Submission]]) -> Callable[..., Submission]:
    """Hand something in by chat."""

    def send(text: str = WHOLE) -> Submission:
        phone.say(text)
        return stored()[-1]

    return send


def take(
    service: Service, number: str, name: str, staff: Staff, values: dict[str, str], version: int = 0
) -> Submission:
    """Take a move on a submission, seen at that version or as it is now."""

    def move(tx: Tx) -> Submission:
        seen = version or submission.get(tx, number).version
        return desk.move(tx, service.office, number, name, staff=staff, version=seen, values=values)

    return service.db.write(move)


@pytest.fixture
def act(service: Service) -> Callable[..., Submission]:
    """Take a move on a submission, as staff who has just looked at it."""

    def move(number: str, name: str, staff: Staff, version: int = 0, **values: str) -> Submission:
        return take(service, number, name, staff, values, version)

    return move


Moves = tuple[tuple[str, dict[str, str]], ...]
FILED: Moves = (("verify", {}), ("propose", {"outcome": "file"}), ("file_case", {}))
NOT_FILED: Moves = (("verify", {}), ("propose", {"outcome": "not_file", "ground": "20.4"}), ("decline_case", {}))
"""The ways of a report to its case, and to none."""


@pytest.fixture
def conclude(service: Service) -> Callable[..., Submission]:
    """Bring a report to its end: filed by the responsible person, concluded by an officer."""
    leader = Staff("zongguan", frozenset({Role.LEADER}), "", False, 0, None, False)

    def end(number: str, staff: Staff, note: str) -> Submission:
        for name, values in FILED:
            take(service, number, name, leader, values)
        return take(service, number, "conclude", staff, {"note": note})

    return end


TEXT = {
    "title": "某熟食店销售过期食品案",
    "summary": "没收并罚款",
    "body": "## 基本案情\n\n查获过期卤肉12袋。\n",
    "category": "online_offline",
    "party": "某熟食店",
}


@dataclass
class Newsroom:
    """Editor, reviewer and publisher, and what they do with an article."""

    service: Service
    editor: Staff
    reviewer: Staff
    publisher: Staff

    def write(self, staff: Staff | None = None, **changes: str) -> Article:
        return self.service.db.write(
            lambda tx: articles.write(tx, TEXT | changes, cover="", staff=staff or self.editor)
        )

    def move(self, made: Article, name: str, staff: Staff, version: int | None = None, **values: Any) -> Article:
        office = self.service.office
        return self.service.db.write(
            lambda tx: articles.move(tx, office, made.id, name, staff=staff, version=version, values=values)
        )

    def approved(self, **changes: str) -> Article:
        made = self.write(**changes)
        self.move(made, "submit", self.editor)
        return self.move(made, "approve", self.reviewer, confirm=list(articles.CHECKS))

    def scheduled(self, channel: str = "mass", **changes: str) -> Article:
        return self.schedule(self.approved(**changes), channel)

    def schedule(self, made: Article, channel: str = "mass", **later: float) -> Article:
        at = self.service.db.clock() + timedelta(**later)
        return self.move(made, "schedule", self.publisher, at=at.isoformat(), channel=channel)

    def read(self, made: Article) -> Article:
        with self.service.db.read() as tx:
            return articles.read(tx, made.id, self.reviewer)


@pytest.fixture
def newsroom(service: Service, hire: Callable[..., Staff]) -> Newsroom:
    return Newsroom(service, hire("bianji", Role.EDITOR), hire("shenhe", Role.REVIEWER), hire("fabu", Role.PUBLISHER))
