"""Notices to a person: queued in the transaction that causes them, brought by the first open channel, told at last.

A notice that says more than a short one can carry counts as told only when its text has gone: as a customer
message, in an answer, or by somebody of the staff. Waiting never counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from content.replies import fit
from handlers import tasks
from handlers.clock import calendar, deadlines
from handlers.notices import channels
from handlers.notices.channels import REMINDED, Channel, Do, Refusal, Step
from handlers.office import Office
from storage import timeline
from storage.engine.database import Tx
from storage.notices import outbox
from storage.notices.parcel import Parcel, Subject, Topic
from storage.submissions import deadline, submission, task
from storage.submissions import identity as identities
from storage.submissions.submission import Kind, Submission

UNREACHABLE = "提交人联系不上"
WARN = 2
"""Working days before the day by which a person must know that staff are asked to tell them."""
AT_ONCE = 20
"""Notices of one look, so that the messages of citizens do not wait for them."""
FRESH = timedelta(minutes=10)
"""A notice this young may still be on its way."""
QUOTA_PAUSE = timedelta(hours=1)
LABELS = {channel.name: channel.label for channel in channels.CHANNELS} | {"answer": "随答复告知"} | tasks.HOWS
"""Ways by which a notice was told."""


@dataclass(frozen=True)
class Short:
    """What a subscription notice or template message carries; `whole` when it says all there is to say."""

    number: str
    stage: str
    time: str
    whole: bool

    def payload(self, *, alone: bool) -> dict[str, str]:
        """As it goes into a parcel; a text that goes on in further parts is never whole."""
        whole = "1" if self.whole and alone else ""
        return {"number": self.number, "stage": self.stage, "time": self.time, "whole": whole}


def put(
    tx: Tx,
    subject: Subject,
    *,
    openid: str,
    text: str,
    due_at: datetime | None = None,
    by: date | None = None,
    short: Short | None = None,
    insist: bool = False,
) -> None:
    """Queue a notice, in as many parts as the platform's length limit wants; the first has the short one.

    With `insist` it is rather sent twice than not at all, when nobody knows whether it arrived.
    """
    parts = _parts(text)
    more = {"insist": "1"} if insist else {}
    first = short.payload(alone=len(parts) == 1) if short else {}
    for number, part in enumerate(parts, start=1):
        payload = {"text": part} | more | (first if number == 1 else {})
        outbox.put(tx, "notice", subject, part=number, openid=openid, payload=payload, due_at=due_at, by=by)


def _parts(text: str) -> list[str]:
    part, rest = fit(text)
    return [part, *(_parts(rest) if rest else [])]


def day_to_tell(tx: Tx, office: Office, found: Submission, code: str) -> date:
    """By when the reporter must know: the day of the deadline `code` where there is one, or the rule ``notice``."""
    days = [due.due_on for due in deadline.of(tx, found.id) if due.code == code]
    if days:
        return date.fromisoformat(days[-1])
    rule = deadlines.rule("notice", office.today(found.received_at))
    return deadlines.due(office.today(tx.now), rule.days, rule.unit).on


def tell_reporter(tx: Tx, office: Office, found: Submission, text: str, *, stage: str, whole: bool, by: date) -> None:
    """Queue a notice about a submission; staff are asked at once to tell whoever has no WeChat contact."""
    subject = Subject(Topic.SUBMISSION, found.id, str(found.version))
    openid = identities.addressee(tx, found.id)
    if openid:
        short = Short(found.number, stage, office.local(tx.now), whole)
        put(tx, subject, openid=openid, text=text, by=by, short=short)
    else:
        _ask_staff(tx, subject, text, by)


@dataclass(frozen=True)
class Told:
    """What a citizen gets of a move: the `text`, the `way` for staff to read, and the last day of it."""

    text: str
    way: str
    by_day: str


def of_step(tx: Tx, id: str, version: str) -> Told | None:
    """What is to be told of the step that made this version of a submission; None when it tells nothing."""
    text, by_day = outbox.text_of(tx, Subject(Topic.SUBMISSION, id, version))
    if text:
        return Told(text, "微信", by_day)
    asked = task.open_of_cause(tx, tasks.TELL, id, version)
    return Told(asked.body, "由工作人员电话或当面告知", asked.due_on) if asked else None


def reporter_of(tx: Tx, id: str) -> str:
    """Whom a submission came from, for the machine alone; '' when staff entered it."""
    return identities.addressee(tx, id)


def tell_now(tx: Tx, id: str, cause: str, text: str) -> None:
    """Queue a message to whoever handed in the submission of that id, where there is a WeChat contact."""
    if openid := identities.addressee(tx, id):
        put(tx, Subject(Topic.SUBMISSION, id, cause), openid=openid, text=text)


# On the way.


def begin(tx: Tx, office: Office, parcel: Parcel, tried: Mapping[str, Refusal]) -> Step:
    """The next step, noted before the platform is asked; one that asks nothing of it is done with that."""
    opened = [channel.name for channel in channels.CHANNELS if channel.is_open(tx, office, parcel.recipient)]
    step = channels.next_step(parcel, opened, tried, tx.now)
    if step.do is Do.SEND and step.channel:
        outbox.attempt(tx, parcel.id, step.channel.name)
    elif step.do is Do.DOUBT and step.channel:
        in_doubt(tx, office, parcel, step.channel, step.reason)
    else:
        outbox.refused(tx, parcel.id)
        if step.do is Do.LATER:
            outbox.again(tx, parcel.id, due_at=tx.now + QUOTA_PAUSE, error=step.reason)
        else:
            outbox.hold(tx, parcel.id, step.reason)
    return step


def delivered(tx: Tx, office: Office, parcel: Parcel, channel: Channel, job: str) -> None:
    """The platform has taken it; `job` is its id of a short notice."""
    channel.spend(tx, office, parcel.recipient)
    if outbox.has_bounced(tx, parcel.id, channel.name):
        # Its event came before the answer.
        outbox.refused(tx, parcel.id)
        outbox.again(tx, parcel.id, due_at=tx.now, error="平台称未送达")
    elif channel.short and not parcel.payload.get("whole"):
        outbox.remind(tx, parcel.id, channel.name, job, REMINDED)
    else:
        told(tx, office, parcel, channel.name, job)


def in_doubt(tx: Tx, office: Office, parcel: Parcel, channel: Channel, reason: str) -> None:
    """It may have arrived or not: the text goes into the next answer and is never sent again."""
    channel.spend(tx, office, parcel.recipient)
    if channel.short:
        outbox.remind(tx, parcel.id, channel.name, "", f"{reason}；{REMINDED}")
    else:
        outbox.hold(tx, parcel.id, reason, doubtful=True)


def told(tx: Tx, office: Office, parcel: Parcel, channel: str, job: str = "") -> None:
    """It has arrived. The last part of a notice to a reporter closes what staff were asked to do."""
    subject = parcel.subject
    if (
        outbox.sent(tx, parcel.id, channel, job)
        and subject.topic is Topic.SUBMISSION
        and not outbox.untold(tx, subject)
    ):
        body = f"方式：{LABELS[channel]}"
        timeline.add(tx, subject.about, "notice", actor="system", title="已告知提交人", body=body)
        tasks.arrived(tx, subject.about, subject.cause, LABELS[channel])
        tasks.both_told(tx, subject.about, office.today(tx.now))


def bounced(tx: Tx, person: str, channel: str, job: str, reason: str) -> None:
    """The platform says later that a short notice did not arrive: it is not told, and goes by another channel."""
    parcel = outbox.short_notice(tx, person, channel, job)
    if parcel is None:
        return
    outbox.bounce(tx, parcel.id, channel, f"{LABELS[channel]}未送达：{reason}")
    if parcel.subject.topic is Topic.SUBMISSION:
        body = f"{LABELS[channel]}：{reason}"
        timeline.add(tx, parcel.subject.about, "notice", actor="system", title="通知未送达", body=body)


def take_along(tx: Tx, office: Office, person: str, room: int) -> list[str]:
    """The held notices that go into an answer with so many bytes left; the others are tried again.

    One that may have arrived already has no other channel and always goes along.
    """
    texts = []
    left_behind = False
    for parcel in outbox.held(tx, person):
        text = parcel.payload["text"]
        size = len(text.encode()) + 2
        if size <= room or parcel.doubtful:
            room -= size
            texts.append(text)
            told(tx, office, parcel, "answer")
        else:
            left_behind = True
    if left_behind:
        outbox.wake(tx, person)
    return texts


# What does not arrive by itself.


def watch(tx: Tx, office: Office) -> int:
    """Make tasks of notices that have not been told two working days before their day. Returns how many."""
    until = _last_day_to_ask(office.today(tx.now))
    opened = 0
    for parcel in outbox.pressing(tx, until, before=tx.now - FRESH, most=AT_ONCE):
        opened += _ask_staff(tx, parcel.subject, parcel.payload["text"], date.fromisoformat(parcel.by_day))
        outbox.asked(tx, parcel.id)
    return opened


def _last_day_to_ask(today: date) -> date:
    """The last day that lies no more than `WARN` working days ahead."""
    day = today
    while calendar.workdays_before(day + timedelta(days=1), WARN) <= today:
        day += timedelta(days=1)
    return day


def _ask_staff(tx: Tx, subject: Subject, text: str, by: date) -> bool:
    """Whoever may know how the person is reached tells them; of one who left no way that is said once, and no task."""
    id = subject.about
    if not identities.reach(tx, id) & {"phone", "address"}:
        if all(entry.title != UNREACHABLE for entry in timeline.of(tx, id)):
            body = "没有留电话和地址：通知不能送达的，等提交人再来信、来电或者到窗口时告知。"
            timeline.add(tx, id, "note", actor="system", title=UNREACHABLE, body=body)
        return False
    kind = tasks.TELL if submission.get(tx, submission.number_of(tx, id)).kind is Kind.COMPLAINT else tasks.TELL_NAMED
    return tasks.open_task(tx, kind, id, "需要电话或当面告知", text, by, cause=subject.cause)
