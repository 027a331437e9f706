"""How samples come about: each thing at its time and in that order, so that record and deadlines are an office's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from bot.service import Service
from handlers import tasks
from handlers.chat import verbs
from handlers.chat.context import Context
from handlers.chat.message import Message
from handlers.chat.routing import TABLE
from handlers.submissions import desk, intake, procedure
from storage.engine.database import Tx
from storage.people.staff import Role, Staff
from storage.submissions import task
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind, Submission

Moves = tuple[tuple[str, dict[str, str]], ...]
PACE = timedelta(days=1)
"""From one move to the next."""
MOVES = {move.name: move for move in procedure.MOVES}
CALLED = timedelta(days=3)
"""When people have telephoned and heard what could not be sent."""


@dataclass(frozen=True)
class Sample:
    """A submission received some days ago, and the moves it has been through."""

    days: float
    kind: Kind
    merchant: str
    address: str
    description: str
    demand: str = ""
    moves: Moves = ()
    said: Moves = ()
    """Verbs of its citizen after that, with their answers."""


def live(tx: Tx, service: Service, samples: Iterable[Sample]) -> None:
    """Let all of it happen, until now."""
    now = tx.now
    lives = [_life(tx, service, sample, now) for sample in samples]
    coming = [(next(life), number) for number, life in enumerate(lives)]
    heapify(coming)
    while coming:
        tx.now, number = heappop(coming)
        if then := next(lives[number], None):
            heappush(coming, (then, number))
    tx.now = now


def _life(tx: Tx, service: Service, sample: Sample, now: datetime) -> Iterator[datetime]:
    """Yields the time of the next thing, and does it once that has come."""
    at, actor = now - timedelta(days=sample.days), person(Role.INTAKE, Role.OFFICER, name="chengban")
    leader = person(Role.LEADER, name="lingdao")
    yield at
    stored = _receive(tx, service, sample)
    for name, values in sample.moves:
        yield (at := min(at + PACE, now))
        who = actor if actor.roles & MOVES[name].roles else leader
        stored = desk.move(tx, service.office, stored.number, name, staff=who, version=stored.version, values=values)
    if at + CALLED < now:
        yield (at := at + CALLED)
        _call(tx, service, stored, actor)
    for name, answers in sample.said:
        yield (at := min(at + PACE, now))
        context = Context(tx, service.office, Message("", "", "text", "", "", {}), TABLE.vocabulary, TABLE.take)
        verbs.take(context, verbs.BY_NAME[name], stored, answers)


def _receive(tx: Tx, service: Service, sample: Sample) -> Submission:
    draft = Draft(
        kind=sample.kind,
        stage="triage",
        category="",
        received_at=tx.now,
        merchant=sample.merchant,
        address=sample.address,
        description=sample.description,
        demand=sample.demand,
        source="演示数据",
        named=sample.kind is Kind.COMPLAINT,
    )
    citizen = Identity(name="示例消费者", phone="13800000000") if draft.named else Identity()
    return intake.receive(tx, service.office, draft, citizen, actor="shouli")


def _call(tx: Tx, service: Service, stored: Submission, officer: Staff) -> None:
    values = {"how": "phone", "happened_at": tx.now.isoformat(), "note": "提交人来电询问时已告知"}
    for open_one in (one for one in task.of(tx, stored.id) if one.state == "open"):
        tasks.move(tx, service.office, open_one.id, "task_done", staff=officer, version=open_one.version, values=values)


def person(*roles: Role, name: str) -> Staff:
    """Who moves what is in the samples."""
    return Staff(
        name=name,
        roles=frozenset(roles),
        unit="",
        must_change=False,
        failures=0,
        locked_until=None,
        disabled=False,
    )
