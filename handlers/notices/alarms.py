"""Emergencies (紧急警报): whoever is on duty is called at once, then the next, until somebody answers for it.

One alarm rings for what belongs together (`gathering`); what is said of it stands in `briefs`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from content.replies import say
from handlers import tasks
from handlers.errors import Refused
from handlers.masking import mask
from handlers.moves import stale
from handlers.notices import briefs, gathering, reassuring, roster, telling
from handlers.notices.telling import Short
from handlers.office import Office
from storage import audit, timeline
from storage.engine.database import Tx
from storage.notices import alarm as alarms
from storage.notices import outbox
from storage.notices.alarm import Alarm, Called
from storage.notices.parcel import State, Subject, Topic
from storage.people import contact
from storage.people import staff as accounts
from storage.people.staff import Role, Staff
from storage.submissions import submission as submissions
from storage.submissions.submission import Submission

WECHAT, WEBHOOK, COMMAND = "wechat", "alarm_webhook", "alarm_command"
"""The channels to reach people; the latter two are also kinds of parcels."""
CHANNELS = {WECHAT: "微信", WEBHOOK: "网络通知", COMMAND: "短信命令"}
WATCHERS = frozenset({Role.INTAKE, Role.LEADER})
"""Who sees every open alarm and may answer for it, besides those who were called."""
HANDS = frozenset({Role.INTAKE, Role.OFFICER, Role.LEADER})
"""Who may be in charge of a case."""
ECHO = timedelta(hours=1)
"""So long after somebody answered, 收到 of the others who were called still means the alarm."""
PAUSE = timedelta(minutes=1)
"""What joins an alarm within this time is told together."""
AT_ONCE = 20
"""Alarms of one look, the newest: the others have their turn two seconds later."""


def raise_alarm(tx: Tx, office: Office, submission: Submission, reason: str = "") -> None:
    """Raise the alarm of an emergency, in the transaction that stores it; a second one of the same changes nothing.

    It rings, or joins another one that does; its own timeline does not say which, or one could tell who it is by.
    """
    if alarms.is_raised(tx, submission.id):
        return
    lead = gathering.lead_of(tx, office, submission)
    reasons = tuple(dict.fromkeys(map(briefs.line, filter(None, (mask(reason).text, *submission.reasons)))))
    openid = telling.reporter_of(tx, submission.id)
    alarms.add(tx, submission.id, reasons, openid=openid, lead=lead)
    submissions.mark(tx, submission.id, alarmed_at=tx.stamp)
    timeline.add(tx, submission.id, "note", actor="system", title="紧急警报", body="；".join(reasons))
    audit.write(tx, actor="system", action="alarm_raise", subject=submission.number)


def call_due(tx: Tx, office: Office) -> None:
    """Call the next one for open alarms whose time it is, or whose last call is known not to have arrived.

    Then tell what has joined an alarm, and those who reported how theirs stands.
    """
    for alarm in alarms.due(tx, AT_ONCE):
        _call_next(tx, office, alarm)
    for alarm in alarms.unreached(tx, AT_ONCE):
        if _was_missed(tx, office, alarm):
            _call_next(tx, office, alarm)
    for alarm in alarms.with_news(tx, tx.now - PAUSE, AT_ONCE):
        _tell_news(tx, office, alarm)
    reassuring.tell_due(tx, office)


def _was_missed(tx: Tx, office: Office, alarm: Alarm) -> bool:
    """Whether the last one called could not be told, nothing else tells them, and somebody is left in this round.

    WeChat lets the account write only within 48 hours of their own last message; that is known at once.
    """
    made = alarms.calls(tx, alarm.id)
    if not made or made[-1].means != (WECHAT,) or not _left(tx, office, alarm, made):
        return False
    last = made[-1]
    parcels = outbox.about(tx, Topic.ALARM, alarm.submission)
    if not any(row["cause"] == str(last.number) and row["state"] in (State.HELD, State.FAILED) for row in parcels):
        return False
    _note(tx, alarm, "alarm_missed", "没有通知到", f"{last.staff}的微信不能送达，不再等待，呼叫下一位。")
    return True


def _left(tx: Tx, office: Office, alarm: Alarm, made: list[Called]) -> list[str]:
    """Who was not called in this round yet."""
    called = {call.staff for call in made if call.round == alarm.round}
    return [name for name in roster.order_of_call(tx, office, alarms.called_for(tx)) if name not in called]


def _call_next(tx: Tx, office: Office, alarm: Alarm) -> None:
    """Call the first who was not called in this round; whoever no channel leads to is passed over, and noted."""
    made = alarms.calls(tx, alarm.id)
    left, round = _left(tx, office, alarm, made), alarm.round
    if made and not left:
        left, round = list(roster.order_of_call(tx, office)), round + 1
        text = f"值班和带班人员已呼叫{round}轮，无人确认，继续从头呼叫。"
        _note(tx, alarm, "alarm_unanswered", "无人响应", text)
    for number, name in enumerate(left or [""], start=len(made) + 1):
        if _call(tx, office, alarm, Called(number, round, name, _means(tx, office, name), tx.now)):
            break
    alarms.wait(tx, alarm, round=round, until=tx.now + office.alarm_wait)
    alarms.news_told(tx, alarm, further=False)


def _means(tx: Tx, office: Office, name: str) -> tuple[str, ...]:
    return (*((WECHAT,) if contact.openid_of(tx, name) else ()), *office.alarm_channels)


def _call(tx: Tx, office: Office, alarm: Alarm, call: Called) -> bool:
    """Queue what tells one person; whether any channel leads to them."""
    alarms.note_call(tx, alarm, number=call.number, round=call.round, staff=call.staff, means=call.means)
    channels = "、".join(CHANNELS[channel] for channel in call.means) or "没有可用的通知方式"
    text = f"第{call.number}次：{call.staff or '无人值班'}（{channels}）"
    _note(tx, alarm, "alarm_call", "紧急呼叫", text)
    subject, brief = Subject(Topic.ALARM, alarm.submission, str(call.number)), briefs.brief(office, alarm, call)
    if WECHAT in call.means:
        text = say("alarm_call", brief=brief, minutes=office.alarm_minutes)
        openid = contact.openid_of(tx, call.staff)
        short = Short(alarm.number, "紧急警报", office.local(tx.now), whole=False)
        telling.put(tx, subject, openid=openid, text=text, short=short, insist=True)
    _put_channels(tx, office, alarm, call, subject, event="alarm", text=brief, names=[call.staff])
    return bool(call.means)


def _tell_news(tx: Tx, office: Office, alarm: Alarm) -> None:
    """Tell whoever has taken an alarm, or was called for it last, what has joined it. Nobody is called anew."""
    made = alarms.calls(tx, alarm.id)
    last = made[-1] if made else Called(0, alarm.round, "", (), tx.now)
    call = Called(last.number, last.round, alarm.acknowledged_by or last.staff, (), tx.now)
    text = briefs.further(office, alarm)
    subject = Subject(Topic.ALARM, alarm.submission, f"further {alarm.people + alarm.further}")
    if openid := contact.openid_of(tx, call.staff):
        telling.put(tx, subject, openid=openid, text=text, insist=True)
    _put_channels(tx, office, alarm, call, subject, event="further", text=text, names=[call.staff])
    alarms.news_told(tx, alarm, further=True)


told = briefs.told


def _put_channels(
    tx: Tx, office: Office, alarm: Alarm, call: Called, subject: Subject, *, event: str, text: str, names: Iterable[str]
) -> None:
    """Queue the office's own channels. Telephone numbers go to the command only: it is what sends SMS."""
    if not office.alarm_channels:
        return
    known = contact.phones(tx) if COMMAND in office.alarm_channels else {}
    facts = briefs.facts(office, alarm, call) | {
        "event": event,
        "id": f"{subject.topic}:{subject.about}:{subject.cause}",
        "at": tx.stamp,
        "text": text,
    }
    phones = {"phones": [known[name] for name in names if name in known]}
    for channel in office.alarm_channels:
        body = json.dumps(facts | (phones if channel == COMMAND else {}), ensure_ascii=False)
        outbox.put(tx, channel, subject, payload={"body": body})


def _note(tx: Tx, alarm: Alarm, action: str, title: str, text: str, actor: str = "system") -> None:
    timeline.add(tx, alarm.submission, "note", actor=actor, title=title, body=text)
    audit.write(tx, actor=actor, action=action, subject=alarm.number, detail=text)


def confirm(tx: Tx, office: Office, name: str) -> tuple[list[Alarm], list[Alarm]]:
    """(the alarms that somebody called by name now answers for, all they were called for of late).

    It answers for every open alarm they were called for: one night may bring several reports of one canteen.
    """
    mine = alarms.of_staff(tx, name, tx.now - ECHO)
    return [alarm for alarm in mine if alarm.open and _take(tx, office, alarm, name, "微信")], mine


def acknowledge(tx: Tx, office: Office, number: str, staff: Staff) -> None:
    """Answer for an alarm in the console. Raises Refused when it is not theirs, or somebody was first."""
    alarm = alarms.of(tx, number)
    if alarm is None or not _concerns(tx, alarm, staff):
        raise Refused("not_found", f"没有编号为 {number} 的紧急警报。")
    if not _take(tx, office, alarm, staff.name, "工作台"):
        raise stale("已确认", alarm.acknowledged_by, "确认紧急警报")


def _take(tx: Tx, office: Office, alarm: Alarm, name: str, where: str) -> bool:
    """The first who answers has it: nobody else is called, and the others who were called are told."""
    if not alarms.acknowledge(tx, alarm, name):
        return False
    outbox.withdraw(tx, Topic.ALARM, alarm.submission)
    alarms.news_told(tx, alarm, further=False)
    _note(tx, alarm, "alarm_acknowledge", "确认紧急警报", f"{name}已在{where}确认，由其处置。", actor=name)
    _give(tx, office, alarm, name)
    made = alarms.calls(tx, alarm.id)
    others = dict.fromkeys(call.staff for call in made if call.staff not in ("", name))
    subject = Subject(Topic.ALARM, alarm.submission, "taken")
    text = say("alarm_taken", number=alarm.number, name=name)
    for other in others:
        if openid := contact.openid_of(tx, other):
            telling.put(tx, subject, openid=openid, text=text)
    if made:
        last = made[-1]
        done = Called(last.number, last.round, name, (), tx.now)
        _put_channels(tx, office, alarm, done, subject, event="acknowledged", text=text, names=others)
    return True


def _give(tx: Tx, office: Office, alarm: Alarm, name: str) -> None:
    """Whoever answers for an alarm has the case, where their roles allow it, and writes down what was done."""
    found, account = submissions.get(tx, alarm.number), accounts.get(tx, name)
    if account and account.roles & HANDS and found.stage in submissions.OPEN and found.assignee != name:
        submissions.change(tx, found, assignee=name)
    tasks.ask_what_was_done(tx, alarm.submission, office.today(tx.now))


def _concerns(tx: Tx, alarm: Alarm, staff: Staff) -> bool:
    return bool(WATCHERS & staff.roles) or any(call.staff == staff.name for call in alarms.calls(tx, alarm.id))


@dataclass(frozen=True)
class Ringing:
    """An open alarm as the console shows it, in single lines: the citizen's own `words`, the `last` call, if any."""

    alarm: Alarm
    words: str
    what: str
    place: str
    last: Called | None


def ringing(tx: Tx, staff: Staff) -> list[Ringing]:
    """The open alarms that concern somebody, the newest first."""
    return [
        Ringing(
            alarm,
            words=briefs.line(alarm.description),
            what=briefs.line(alarm.merchant),
            place=briefs.line(alarm.address),
            last=next(reversed(alarms.calls(tx, alarm.id)), None),
        )
        for alarm in alarms.opened(tx)
        if _concerns(tx, alarm, staff)
    ]
