"""What went between a citizen and the service about a submission: messages, answers and notices, alarms and rewards.

Retention erases messages and sent notices after half a year; so that there are as many as an office of that size
ever holds, those of all the years lie in that half year.
"""

import base64
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from benchmarks.county.cases import NOTE, OFFICERS, Case, Step, period
from storage.chat import inbox
from storage.engine.times import stamp
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.submissions.submission import Kind

KEPT = timedelta(days=182)
YEARS = 5
ANSWER = base64.b64encode(bytes(range(256)) * 3).decode()
"""As long as an encrypted answer of usual length."""
OUTCOMES = {"sent": 88, "held": 9, "failed": 3}
TOLD = "需要电话或当面告知"


def pressed(case: Case, at: datetime) -> datetime:
    """A time of all the years in the time that is kept."""
    return case.until - (case.until - at) * (KEPT / timedelta(days=366 * YEARS))


def of(case: Case, steps: Sequence[Step], messages: int) -> None:
    """All that went to and fro about a case."""
    for n in range(messages):
        say(case, n)
    for step in steps[1:]:
        assert step.move
        if step.move.tells:
            tell(case, step)
        reward(case, step)
    if case.sheaf.chance.random() < 0.003:
        alarm(case)


def say(case: Case, n: int) -> None:
    """One message of the citizen, and the answer."""
    tx, at = case.sheaf.tx, pressed(case, case.at) + timedelta(milliseconds=n)
    number = case.sheaf.chance.getrandbits(60)
    text = f"举报 店名：{case.shop.name} 地址：{case.shop.address} 问题：{NOTE}"
    xml = (
        f"<xml><ToUserName><![CDATA[gh_invented]]></ToUserName><FromUserName><![CDATA[{case.openid}]]></FromUserName>"
        f"<CreateTime>{int(at.timestamp())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{text}]]></Content><MsgId>{number}</MsgId></xml>"
    )
    answer = (
        f"<xml><Encrypt><![CDATA[{ANSWER}]]></Encrypt><MsgSignature><![CDATA[{number:040x}]]></MsgSignature>"
        f"<TimeStamp>{int(at.timestamp())}</TimeStamp><Nonce><![CDATA[{number:016x}]]></Nonce></xml>"
    )
    id = case.sheaf.id(at)
    case.sheaf.add(
        "inbox",
        id=id,
        dedupe=tx.vault.digest(f"{case.openid}\x1f{number}\x1f{int(at.timestamp())}", "dedupe"),
        sender=inbox._own(tx, case.sender, at),
        received_at=stamp(at),
        body=tx.vault.seal(xml, inbox.BODY, id),
        state="handled",
        reply=tx.vault.seal(answer, inbox.REPLY, id),
        error=None,
        attempts=0,
    )


def tell(case: Case, step: Step) -> None:
    """A notice of a move, and what became of it; staff have told most of what found no way by itself."""
    at, chance = pressed(case, step.at), case.sheaf.chance
    by, *_ = period("notice", case.office.today(at))
    (state,) = chance.choices(tuple(OUTCOMES), tuple(OUTCOMES.values()))
    late = state != "sent" and by < case.office.today(case.until)
    told = late and chance.random() < 0.8
    if late:
        _task(case, step, at, by.isoformat(), told=told)
    _parcel(case, step, at, by.isoformat(), "sent" if told else state, "phone" if told else "customer")


def _task(case: Case, step: Step, at: datetime, by: str, *, told: bool) -> None:
    done = stamp(at + timedelta(days=6)) if told else None
    case.sheaf.add(
        "task",
        **{"id": case.sheaf.id(at), "kind": "tell", "submission": case.id, "cause": str(step.version)},
        **{"title": TOLD, "body": NOTE, "due_on": by, "state": "done" if told else "open"},
        **{"how": "phone" if told else "", "happened_at": done, "note": "", "done_by": "shouli" if told else ""},
        **{"done_at": done, "created_at": stamp(at), "version": 1 + told, "updated_at": done or ""},
    )


def _parcel(case: Case, step: Step, at: datetime, by: str, state: str, way: str) -> None:
    tx, id, sent = case.sheaf.tx, case.sheaf.id(at), state == "sent"
    payload = {"text": f"您提交的{case.number}有新进展。{NOTE}", "number": case.number, "whole": ""}
    case.sheaf.add(
        "outbox",
        **{"id": id, "kind": "notice", "topic": "submission", "about": case.id},
        **{"cause": str(step.version), "part": 1, "recipient": outbox.own(tx, case.sender, Topic.SUBMISSION)},
        addressee=tx.vault.seal(case.openid, "outbox.addressee", id),
        payload=tx.vault.seal(json.dumps(payload, ensure_ascii=False), "outbox.payload", id),
        **{"state": state, "attempts": int(not sent), "due_at": stamp(at)},
        **{"error": None if sent else "没有可用的送达方式", "created_at": stamp(at)},
        sent_at=stamp(at + timedelta(seconds=2)) if sent else None,
        **{"way": way if sent else "", "tried_at": None, "job": "", "reminded": "", "bounced": ""},
        **{"doubtful": 0, "by_day": by},
    )


def reward(case: Case, step: Step) -> None:
    """One concluded report in three brings a reward, most of them paid."""
    if case.kind is not Kind.REPORT or step.stage != "concluded" or case.sheaf.chance.random() > 0.33:
        return
    (state,) = case.sheaf.chance.choices(("offered", "applied", "graded", "approved", "paid"), (30, 5, 5, 10, 50))
    graded = state in ("graded", "approved", "paid")
    case.sheaf.add(
        "reward",
        **{"id": case.sheaf.id(step.at), "submission": case.id, "state": state, "level": "3" if graded else ""},
        **{
            "base": "5000" if graded else "",
            "amount": "1000" if graded else "",
            "basis": "处罚决定书" if graded else "",
        },
        **{"grader": "chengban01" if graded else "", "approver": "", "reason": "", "voucher": "", "code": None},
        **{"wrong_codes": 0, "applied_at": None if state == "offered" else stamp(step.at)},
        **{"expires_on": "2099-12-31" if state == "approved" else "", "created_at": stamp(step.at)},
        **{"updated_at": stamp(step.at), "version": 1},
    )


def alarm(case: Case) -> None:
    """An emergency that somebody answered for."""
    id, at = case.sheaf.id(case.at), stamp(case.at)
    answered = {"acknowledged_by": OFFICERS[0], "acknowledged_at": stamp(case.at + timedelta(minutes=4))}
    case.sheaf.add(
        "alarm",
        **{"id": id, "submission": case.id, "reasons": '["多人出现呕吐"]', "state": "acknowledged", "round": 0},
        **{"raised_at": at, "next_at": at, **answered},
    )
    call = {"id": case.sheaf.id(case.at), "alarm": id, "number": 1, "round": 0, "staff": OFFICERS[0]}
    case.sheaf.add("alarm_call", **call, means='["wechat"]', called_at=at)
