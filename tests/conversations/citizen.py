"""An office in memory, citizens who write to it through the signed webhook, and what its staff find afterwards."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from bot import installation
from bot.service import Service, open_service
from bot.settings import load
from bot.web.app import create_app
from bot.wechat import webhook
from handlers.submissions import desk
from storage import timeline
from storage.engine.database import Tx
from storage.engine.key_file import make_key_file
from storage.notices import alarm
from storage.people import staff
from storage.people.staff import Role
from storage.submissions import evidence, identity, submission
from storage.submissions.submission import Submission
from tests.conftest import CONFIG
from tests.verbs import Clock, Phone

MEMORY = Path("/dev/shm")
STAFF = "banan"
LABELS = ("类别", "店名", "地址", "问题", "照片", "诉求", "姓名", "电话", "联系地址", "提交")
_ASKED = re.compile(f"【({'|'.join(LABELS)})】")
_LINK = re.compile(r"</?a\b[^>]*>")
GOING_ON = {
    "类别": ("跳过", "7"),
    "店名": ("竹影小馆",),
    "地址": ("北关老街9号",),
    "问题": ("凉皮是馊的",),
    "诉求": ("退我十二块钱",),
    "照片": ("跳过",),
    "姓名": ("跳过", "贾有田"),
    "电话": ("跳过", "13900006612"),
    "联系地址": ("东营巷2号",),
    "提交": ("提交",),
}
"""What somebody answers who wants to be done: the first time, and from the second time on."""
MOST = 14
"""Turns; nobody goes on for longer."""


@dataclass(frozen=True)
class Case:
    """A submission as staff find it: its fields, what they read in it, and what is sealed with the identity."""

    fields: dict[str, Any]
    open: str
    sealed: str
    called: bool


@dataclass
class Bureau:
    """An office without anybody in it, and its clock."""

    service: Service
    client: FlaskClient
    clock: Clock
    citizens: int = 0

    def citizen(self) -> "Citizen":
        """Somebody new on the morning of the next day: nobody's words are near to another's."""
        self.citizens += 1
        self.clock.now = Clock().now
        self.clock.advance(days=self.citizens)
        return Citizen(self, Phone(self.client, f"oSomebody{self.citizens:019d}", self.clock))

    def letters(self) -> int:
        with self.service.db.read() as tx:
            return int(tx.value("select count(*) from letter"))


@contextmanager
def bureau() -> Iterator[Bureau]:
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        config = Path(folder) / "config.toml"
        config.write_text(CONFIG, encoding="utf-8")
        settings = load(config, {})
        make_key_file(settings.key_file)
        service, clock = open_service(settings), Clock()
        service.db.clock = clock
        installation.prepare(service, by="init", anew=True)
        service.db.write(_hire)
        yield Bureau(service, create_app(service, [webhook]).test_client(), clock)
        service.close()


def _hire(tx: Tx) -> None:
    staff.add(tx, STAFF, password_hash="-", roles=frozenset({Role.INTAKE, Role.OFFICER}), must_change=False)


@dataclass
class Citizen:
    """Somebody who writes, and the answers so far."""

    bureau: Bureau
    phone: Phone
    answers: list[str] = field(default_factory=list)

    def play(self, turn: str | dict[str, Any]) -> str:
        """Take a turn; gives the answer as it is read, without the marks of links, '' for silence."""
        ((verb, value),) = turn.items() if isinstance(turn, dict) else (("say", turn),)
        answer = _LINK.sub("", TURNS[verb](self, value) or "")
        self.answers.append(answer)
        return answer

    def question(self) -> str:
        """The label of what is asked now; a silent answer leaves the question open."""
        return asked(next(filter(None, reversed(self.answers)), ""))

    def finish(self) -> None:
        """Answer whatever is still asked until something is handed in."""
        times = dict.fromkeys(LABELS, 0)
        for _ in range(MOST):
            label = self.question()
            if not label:
                return
            times[label] += 1
            self.play(GOING_ON[label][min(times[label], len(GOING_ON[label])) - 1])

    def cases(self) -> list[Case]:
        """What staff find of this person, the oldest first."""

        def look(tx: Tx) -> list[Case]:
            own = submission.of_sender(tx, tx.vault.digest(self.phone.openid, "openid"))
            return [_case(tx, one) for one in sorted(own, key=lambda one: (one.created_at, one.number))]

        return self.bureau.service.db.write(look)

    def ask(self, question: str) -> None:
        """Staff ask about the newest case."""

        def move(tx: Tx) -> None:
            newest = submission.of_sender(tx, tx.vault.digest(self.phone.openid, "openid"), limit=1)[0]
            by, office = staff.get(tx, STAFF), self.bureau.service.office
            assert by is not None
            desk.move(tx, office, newest.number, "ask", staff=by, version=newest.version, values={"note": question})

        self.bureau.service.db.write(move)


def _case(tx: Tx, one: Submission) -> Case:
    person = identity.reveal(tx, one.id, reason="benchmark", by="benchmark", number=one.number)
    files = [file.kind for file in evidence.of(tx, one.id)]
    said = [entry.body for entry in timeline.of(tx, one.id)]
    fields = {
        "kind": one.kind.value,
        "stage": one.stage,
        "category": one.category,
        "merchant": one.merchant,
        "address": one.address,
        "demand": one.demand,
        "happened": one.happened,
        "urgent": one.urgency == 2,
        "named": one.named,
        "pictures": files.count("image"),
        "voices": files.count("voice"),
        "name": person.name,
        "phone": person.phone,
        "contact": person.address,
    }
    words = [one.description, one.merchant, one.address, one.demand, one.happened, one.product, *said]
    sealed = [person.name, person.phone, person.address, person.mentioned, person.principal]
    return Case(fields, "\n".join(words), "\n".join(sealed), alarm.of(tx, one.number) is not None)


def _place(citizen: Citizen, label: str) -> str | None:
    return citizen.phone.send(MsgType="location", Location_X="34.53", Location_Y="113.39", Label=label)


TURNS: dict[str, Callable[[Citizen, Any], str | None]] = {
    "say": lambda citizen, text: citizen.phone.say(text),
    "picture": lambda citizen, name: citizen.phone.picture(name),
    "voice": lambda citizen, name: citizen.phone.send(MsgType="voice", MediaId=name, Format="amr"),
    "place": _place,
    "menu": lambda citizen, key: citizen.phone.event("CLICK", key),
    "wait": lambda citizen, minutes: citizen.bureau.clock.advance(minutes=minutes),
    "ask": lambda citizen, question: citizen.ask(question),
}


def asked(answer: str) -> str:
    """The label of the question that an answer ends with; '' when it asks none."""
    lines = answer.strip().splitlines()
    found = _ASKED.findall(lines[-1]) if lines else []
    return found[-1] if found else ""


def head(answer: str, lines: int = 3) -> str:
    """What is seen first of an answer."""
    return "\n".join([line for line in answer.splitlines() if line.strip()][:lines])
