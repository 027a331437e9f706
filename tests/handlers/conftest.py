"""Verbs for handlers: send a tip, take a move, see what waits for the courier."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.service import Service
from handlers.chat.context import Context
from handlers.chat.message import Message
from handlers.chat.routing import TABLE
from handlers.exposure import articles
from handlers.moves import Procedure, allowed
from handlers.submissions import desk
from storage.engine.database import Tx
from storage.exposure.article import Article
from storage.notices import outbox
from storage.notices.parcel import Subject
from storage.people.staff import Role, Staff
from storage.submissions import submission
from storage.submissions.submission import Submission
from tests.conftest import Phone

WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉"


@pytest.fixture
def tip(phone: Phone, stored: Callable[[], list[Submission]]) -> Callable[..., Submission]:
    """Hand something in by chat."""

    def send(text: str = WHOLE) -> Submission:
        phone.say(text)
        return stored()[-1]

    return send


@pytest.fixture
def ask(service: Service) -> Callable[[Callable[[Tx], Any]], Any]:
    """Read one thing."""

    def read(fn: Callable[[Tx], Any]) -> Any:
        with service.db.read() as tx:
            return fn(tx)

    return read


@pytest.fixture
def act(service: Service) -> Callable[..., Submission]:
    """Take a move on a submission, as staff who has just looked at it."""

    def move(number: str, name: str, staff: Staff, version: int = 0, **values: str) -> Submission:
        def take(tx: Tx) -> Submission:
            seen = version or submission.get(tx, number).version
            return desk.move(tx, service.office, number, name, staff=staff, version=seen, values=values)

        return service.db.write(take)

    return move


@pytest.fixture
def offered(service: Service) -> Callable[..., list[str]]:
    """The names of the moves somebody may take."""

    def names(procedure: Procedure[Any], row: Any, staff: Staff) -> list[str]:
        with service.db.read() as tx:
            return [move.name for move in allowed(tx, procedure, row, staff)]

    return names


@dataclass(frozen=True)
class Waiting:
    """A row of the outbox as the courier would read it."""

    subject: Subject
    part: int
    state: str
    due_at: str
    payload: dict[str, str]


@pytest.fixture
def parcels(service: Service) -> Callable[..., list[Waiting]]:
    def read(kind: str = "notice") -> list[Waiting]:
        with service.db.read() as tx:
            rows = tx.all("select * from outbox where kind = :kind order by created_at, id", kind=kind)
            return [
                Waiting(
                    Subject(row["topic"], row["about"], row["cause"]),
                    row["part"],
                    row["state"],
                    row["due_at"],
                    json.loads(tx.vault.open(row["payload"], "payload")),
                )
                for row in rows
            ]

    return read


@pytest.fixture
def hold_all(service: Service) -> Callable[[], None]:
    """No way to anybody is open: every waiting notice is held."""

    def hold(tx: Tx) -> None:
        while parcel := outbox.claim(tx, "notice"):
            outbox.hold(tx, parcel.id, "45015")

    return lambda: service.db.write(hold)


@pytest.fixture
def context(service: Service) -> Iterator[Callable[..., Any]]:
    """A Context of a message with these fields, outside the webhook."""
    with service.db.read() as tx:
        yield lambda kind="text", **fields: Context(
            tx, service.office, Message("o1", "gh", kind, "1", "2", fields), TABLE.vocabulary
        )


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
