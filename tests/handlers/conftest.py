"""Verbs for handlers: send a tip, take a move, see what waits for the courier."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.service import Service
from handlers.chat.context import Context
from handlers.chat.message import Message
from handlers.chat.routing import TABLE
from handlers.moves import Procedure, allowed
from handlers.submissions import intake
from storage.engine.database import Tx
from storage.notices import outbox
from storage.notices.parcel import Subject
from storage.people.staff import Role, Staff
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind
from tests.handlers.submissions.cases import MADE_UP, whose


@pytest.fixture
def ask(service: Service) -> Callable[[Callable[[Tx], Any]], Any]:
    """Read one thing."""

    def read(fn: Callable[[Tx], Any]) -> Any:
        with service.db.read() as tx:
            return fn(tx)

    return read


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
                    json.loads(tx.vault.open(row["payload"], "outbox.payload", row["id"])),
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
            tx, service.office, Message("o1", "gh", kind, "1", "2", fields), TABLE.vocabulary, TABLE.take
        )


@pytest.fixture
def people(hire):
    return {
        "intake": hire("shouli", Role.INTAKE),
        "officer": hire("chengban", Role.OFFICER),
        "leader": hire("lingdao", Role.LEADER),
    }


@pytest.fixture
def enter(service, people, stored):
    """Enter a submission for somebody."""

    def make(kind="report", phone="", **fields):
        draft = Draft(
            Kind(kind),
            "triage",
            "other",
            service.db.clock().replace(hour=1),
            merchant=MADE_UP,
            description="卖过期面包",
            **fields,
        )
        return service.db.write(
            lambda tx: intake.enter(tx, service.office, draft, Identity(phone=phone), staff=people["intake"])
        )

    return make


@pytest.fixture
def case(enter, act, people):
    """A submission that has been through these moves, each taken by whoever may."""

    def make(kind, before=(), **fields):
        made = enter(kind, **fields)
        for name, values in before:
            made = act(made.number, name, people[whose(name)], **values)
        return made

    return make
