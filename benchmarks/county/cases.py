"""The life of one submission, as far as it has come: every row that the service would have made of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from benchmarks.county.sheaf import Sheaf
from bot.demo import words
from bot.demo.words import Shop
from handlers.clock import deadlines
from handlers.moves import Move
from handlers.office import Office
from handlers.submissions.intake import FIRST_DEADLINE
from handlers.submissions.procedure import MOVES
from storage.engine.times import stamp
from storage.submissions import evidence, identity
from storage.submissions.deadline import NEVER
from storage.submissions.identity import Identity
from storage.submissions.submission import OPEN, Kind, Submission

BY_NAME = {move.name: move for move in MOVES}
TREATED = (("register", 1.0), ("assign", 2.0))
LIVES: Mapping[Kind, Mapping[tuple[tuple[str, float], ...], int]] = {
    Kind.REPORT: {
        (*TREATED, ("verify", 5), ("propose", 12), ("decline_case", 14)): 60,
        (*TREATED, ("verify", 6), ("propose", 13), ("decline_case", 15)): 14,
        (*TREATED, ("verify", 5), ("propose", 12), ("file_case", 14), ("conclude", 80)): 10,
        (("refer", 3),): 5,
        TREATED: 1,
    },
    Kind.COMPLAINT: {
        (*TREATED, ("accept", 5), ("settle", 35)): 70,
        (("register", 1), ("decline", 5)): 20,
        (("refer", 3),): 5,
        (("accept", 4),): 1,
    },
}
"""The ways of submissions, with about the day of each move, and how many go which."""
OFFICERS = tuple(f"chengban{n:02d}" for n in range(1, 25))
NOTE = "已现场核查，情况见笔录。当事人已按要求改正，处理结果一并告知。"
REASONS = {0: (), 1: ("多人反映同一店铺",), 2: ("多人出现呕吐、腹泻", "涉及学校食堂")}


@lru_cache(maxsize=20_000)
def period(code: str, begins: date) -> tuple[date, str, str]:
    """(the last day, the basis, the unit)."""
    rule = deadlines.rule(code, begins)
    return deadlines.due(begins, rule.days, rule.unit).on, rule.basis, rule.unit


@dataclass
class Step:
    """A move that was taken, or the receipt where there is none, and the stage after it."""

    at: datetime
    move: Move[Submission] | None
    actor: str
    stage: str
    version: int


@dataclass(frozen=True)
class Case:
    """What is the same through the whole life of a submission."""

    sheaf: Sheaf
    office: Office
    until: datetime
    id: str
    number: str
    kind: Kind
    at: datetime
    shop: Shop
    openid: str
    sender: str

    def steps(self) -> list[Step]:
        """What happened until the last day of the county."""
        chance, ways = self.sheaf.chance, LIVES[self.kind]
        (way,) = chance.choices(tuple(ways), tuple(ways.values()))
        officer = OFFICERS[hash_of(self.shop.township) % len(OFFICERS)]
        steps = [Step(self.at, None, "citizen", "triage", 1)]
        for name, day in way:
            at = self.at + timedelta(days=day * chance.uniform(0.5, 1.3), seconds=len(steps))
            if at > self.until:
                break
            move = BY_NAME[name]
            actor = "shouli" if name in ("register", "assign") else officer
            steps.append(Step(max(at, steps[-1].at), move, actor, move.target, len(steps) + 1))
        return steps

    def write(self) -> list[Step]:
        """Every row of the case file; returns the steps it took."""
        steps = self.steps()
        self._submission(steps, self._deadlines(steps))
        self._identity()
        for step in steps:
            self._record(step)
        for n in range(self.sheaf.chance.choice((0, 0, 0, 1, 1, 2, 3))):
            self._evidence(n)
        if self.sheaf.chance.random() < 0.3:
            self._receipt()
        return steps

    def _submission(self, steps: Sequence[Step], next_due: str) -> None:
        chance, last = self.sheaf.chance, steps[-1]
        treated = any(step.move and step.move.name == "assign" for step in steps)
        urgency = chance.choices((0, 1, 2), (960, 37, 3))[0]
        rated = last.stage in ("concluded", "settled", "not_filed", "declined") and chance.random() < 0.2
        number_of_12315 = f"WX{self.at:%Y%m%d}{chance.getrandbits(32) % 10**6:06d}" if last.version > 1 else ""
        unit = f"{self.shop.township}市场监督管理所" if treated else ""
        rating = chance.choice((1, 3, 4, 5, 5)) if rated else 0
        self.sheaf.count({"stage": last.stage, "unit": unit, "rating": rating})
        self.sheaf.add(
            "submission",
            **{"id": self.id, "number": self.number, "kind": self.kind.value, "stage": last.stage},
            **{"category": words.category(chance), "merchant": self.shop.name, "address": self.shop.address},
            **{"latitude": "", "longitude": "", "happened": f"{self.at:%m月%d日}", "source": "wechat"},
            description=words.description(chance, self.shop),
            demand=words.demand(chance) if self.kind is Kind.COMPLAINT else "",
            named=int(self.kind is Kind.COMPLAINT),
            **{"received_at": stamp(self.at), "created_at": stamp(self.at), "updated_at": stamp(last.at)},
            **{"version": last.version, "urgency": urgency},
            reasons=json.dumps(REASONS[urgency], ensure_ascii=False),
            unit=unit,
            assignee=OFFICERS[hash_of(self.shop.township) % len(OFFICERS)] if treated else "",
            **{"external_number": number_of_12315, "external_at": "", "product": "", "online": ""},
            **{"township": self.shop.township, "outside": "", "food": 1, "business": self.shop.id},
            **{"sibling": "", "joined": "", "unread": int(chance.random() < 0.002), "asked_at": None},
            **{"decided_by": last.actor if last.version > 3 else "", "confirmed_at": None, "disputed_at": None},
            **{"rating": rating, "rated_at": stamp(last.at) if rated else None, "next_due": next_due},
            open=int(last.stage in OPEN),
        )

    def _identity(self) -> None:
        named, tx, chance = self.kind is Kind.COMPLAINT, self.sheaf.tx, self.sheaf.chance
        person = Identity(openid=self.openid)
        if named:
            number = words.phone(hash_of(self.openid))
            person = replace(person, name=words.person(chance), phone=number, address=self.shop.address)
        self.sheaf.add("identity", **identity.row_of(tx, self.id, person))

    def _deadlines(self, steps: Sequence[Step]) -> str:
        """The earliest open day is returned."""
        left = []
        for code, begun, met in self._periods(steps):
            begins = self.office.today(begun)
            due, basis, unit = period(code, begins)
            self.sheaf.add(
                "deadline",
                **{"id": self.sheaf.id(begun), "submission": self.id, "code": code, "due_on": due.isoformat()},
                **{"state": "met" if met else "open", "basis": basis, "provisional": 0, "unit": unit},
                **{"started_on": begins.isoformat(), "met_on": self.office.today(met).isoformat() if met else None},
                closed_at=stamp(met) if met else None,
            )
            left += [] if met else [due.isoformat()]
        return min(left, default=NEVER)

    def _periods(self, steps: Sequence[Step]) -> Iterator[tuple[str, datetime, datetime | None]]:
        """(code, when it began, when it was met)."""
        begun = {FIRST_DEADLINE[self.kind]: self.at}
        for step in steps[1:]:
            assert step.move
            for code in list(begun):
                if code in step.move.closes or "*" in step.move.closes:
                    yield code, begun.pop(code), step.at
            begun |= dict.fromkeys(step.move.starts, step.at)
        for code, at in begun.items():
            yield code, at, None

    def _record(self, step: Step) -> None:
        """Timeline and audit."""
        label, name = (step.move.label, step.move.name) if step.move else ("收到", "receive")
        body = NOTE if step.move and step.move.public else "来源：微信公众号" if not step.move else ""
        public = int(not step.move or step.move.public)
        self.line(step.at, "move", step.actor, label, body, public)
        if step.move:
            self.sheaf.record(step.at, step.actor, "open", self.number)
        self.sheaf.record(step.at, step.actor, name, self.number, f"→{step.stage} v{step.version}")

    def line(self, at: datetime, kind: str, actor: str, title: str, body: str, public: int = 0) -> None:
        row = {"id": self.sheaf.id(at), "subject": self.id, "at": stamp(at), "kind": kind, "actor": actor}
        self.sheaf.add("timeline", **row, title=title, body=body, public=public)

    def _evidence(self, n: int) -> None:
        at, chance = self.at + timedelta(seconds=n + 1), self.sheaf.chance
        row: dict[str, Any] = {"id": self.sheaf.id(at), "submission": self.id, "kind": "image"}
        stored = {"state": "stored", "sha256": f"{chance.getrandbits(256):064x}", "mime": "image/jpeg", "error": None}
        row["sender"] = evidence.own(self.sheaf.tx, self.sender)
        media = f"invented{chance.getrandbits(128):032x}"
        self.sheaf.add(
            "evidence", **row, **stored, media=media, arrived_at=stamp(at), bytes=chance.randint(2**16, 2**21)
        )

    def _receipt(self) -> None:
        vault, token = self.sheaf.tx.vault, f"{self.sheaf.chance.getrandbits(192):048x}"
        sealed = vault.seal(token, "receipt.token", self.id)
        self.sheaf.add("receipt", digest=vault.digest(token, "receipt"), submission=self.id, token=sealed)


def hash_of(text: str) -> int:
    """The same in every process, other than `hash`."""
    return sum(ord(letter) * (n + 7) for n, letter in enumerate(text))
