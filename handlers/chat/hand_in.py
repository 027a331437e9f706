"""How answers, and emergencies, become submissions, and what the citizen is told with the number."""

from collections.abc import Sequence
from datetime import date

from content.clock.deadlines import LABELS
from content.replies import say
from content.understanding import shops
from handlers.chat.context import Context, Reply
from handlers.chat.dialogue import Answers
from handlers.clock import hours
from handlers.registers import businesses
from handlers.submissions import intake, receipts
from handlers.understanding import times
from handlers.understanding.danger import Level
from handlers.understanding.recognition import Recognition, recognise
from storage.chat import consent
from storage.chat import talk as talks
from storage.submissions import evidence, submission
from storage.submissions.deadline import Deadline
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind, Submission

AGENT = ("代理投诉：须收授权委托书原件和受托人身份证明（总局令第121号第十一条）",)


def submit(context: Context, kinds: Sequence[Kind], answers: Answers) -> Reply:
    """Store one submission of each kind, linked with each other, and say their numbers."""
    stored: list[Submission] = []
    found = recognise(answers.get("problem", ""))
    danger = found.danger.level is Level.CERTAIN
    for kind in kinds:
        sibling = stored[0].number if stored else answers.get("sibling", "")
        stored.append(store(context, kind, answers, found, sibling=sibling, danger=danger, calls=danger))
        if sibling:
            submission.change(context.tx, submission.get(context.tx, sibling), sibling=stored[-1].number)
    return Reply(_receipt(context, stored, answers, found, _join(context, stored[0])))


def store(
    context: Context,
    kind: Kind,
    answers: Answers,
    found: Recognition,
    *,
    danger: bool,
    calls: bool,
    sibling: str = "",
) -> Submission:
    """Store one submission; `found` is what was made of its words.

    `danger` makes it urgent, and the officer on duty is called when it `calls`.
    """
    identity = Identity(
        openid=context.message.openid,
        name=answers.get("name", ""),
        phone=answers.get("phone", ""),
        address=answers.get("contact_address", ""),
        principal=answers.get("principal", ""),
    )
    merchant, address = answers.get("merchant", ""), answers.get("address", "")
    draft = Draft(
        kind=kind,
        stage="triage",
        category=answers.get("category", ""),
        received_at=context.now,
        merchant=merchant,
        address=address,
        latitude=answers.get("latitude", ""),
        longitude=answers.get("longitude", ""),
        happened=_dated(context, answers.get("happened", "")),
        description=withheld(answers.get("problem", ""), identity),
        demand=answers.get("demand", "") if kind is Kind.COMPLAINT else "",
        named=bool(identity.name or identity.phone),
        urgency=intake.DANGER if danger else 0,
        reasons=(*(found.danger.reasons or found.reasons if danger else ()), *(AGENT if identity.principal else ())),
        product=answers.get("product") or found.product,
        online=shops.platform(f"{address} {merchant}"),
        food=found.food,
        business=answers.get("business") or _business(context, merchant),
        sibling=sibling,
    )
    return intake.receive(context.tx, context.office, draft, identity, actor="citizen", calls=calls)


def call_back(context: Context, about: str, phone: str) -> Submission:
    """Somebody who has handed in nothing wants to be called: a submission that says so, with the number sealed."""
    draft = Draft(
        kind=Kind.REPORT,
        stage="triage",
        category="other",
        received_at=context.now,
        description=f"请求人工回电：{about}",
        named=True,
    )
    identity = Identity(openid=context.message.openid, phone=phone)
    return intake.receive(context.tx, context.office, draft, identity, actor="citizen")


def withheld(text: str, identity: Identity) -> str:
    """The words without the name and the home of whoever wrote them: those stand with the identity alone."""
    for value, mark in ((identity.address, "〔住址〕"), (identity.name, "〔姓名〕")):
        text = text.replace(value, mark) if len(value) > 1 else text
    return text


def _dated(context: Context, when: str) -> str:
    """A time as it was told, with the day it means: 昨天 is another one tomorrow."""
    day = times.day_of(when, context.office.today(context.now)) if when else None
    return f"{when}（{day.isoformat()}）" if day and day.isoformat() not in when else when


def emergency(context: Context, found: Recognition, *, words: str, calls: bool = True) -> Submission:
    """Store danger now as an urgent report, with all that an unfinished talk knows, which ends with it.

    `found` is what was recognised, `words` what is stored of them; without `calls` nobody is called.
    """
    known = dict(context.under_way.answers) if context.under_way else {}
    told = {"merchant": found.merchant, "address": found.place}
    answers = known | {name: value for name, value in told.items() if value and not known.get(name)}
    answers |= {"problem": "\n".join(filter(None, (known.get("problem"), words)))}
    stored = store(context, Kind.REPORT, answers, found, danger=True, calls=calls)
    _join(context, stored)
    if known:
        talks.end(context.tx, context.sender)
    return stored


def _business(context: Context, merchant: str) -> str:
    """The register's id of a name that was written exactly; staff see the near ones."""
    if not merchant:
        return ""
    region = context.office.region
    found = businesses.certain(businesses.matches(context.tx, merchant, region=region), merchant, region=region)
    return found.id if found else ""


def _receipt(context: Context, stored: Sequence[Submission], answers: Answers, found: Recognition, joined: int) -> str:
    """What is said with the number: nothing about the business, and nothing of how others reported it."""
    first = stored[0]
    due = intake.first_period(context.office, first.kind, first.received_at)
    return say(
        "received",
        next=LABELS[due.code],
        by=_day(due),
        submissions=stored,
        urgent=max(one.urgency for one in stored) == 2,
        evidence=joined,
        minutes=context.office.picture_minutes,
        online=bool(first.online) and not joined,
        outside=first.outside,
        food=first.food,
        agent=answers.get("principal", ""),
        hours=hours.note(context.office, context.now),
        links=links(context, first),
        claims=len(stored) == 1 and first.kind is Kind.REPORT and _claims(found),
    )


def _day(due: Deadline) -> str:
    """``12月17日``; said to be an estimate where the calendar of that year is not published."""
    day = date.fromisoformat(due.due_on)
    return f"{day.month}月{day.day}日{'（暂估）' if due.provisional else ''}"


def links(context: Context, stored: Submission) -> dict[str, str]:
    """The receipt, and the page that asks once for the consent to a notice; '' where there is none."""
    return {
        "receipt": receipts.first_link(context.tx, context.office, stored),
        "consent": _consent_link(context, stored),
    }


def _consent_link(context: Context, stored: Submission) -> str:
    """Where the consent to a notice is asked once; '' without a template."""
    if not context.office.subscribe_template:
        return ""
    return f"{context.office.base_url}/notify/{consent.open_page(context.tx, stored.id)}"


def _claims(found: Recognition) -> bool:
    """Whether the words ask for money too, which is another legal path."""
    return "complaint" in (found.intent, *found.also)


def unclaimed(context: Context) -> Answers:
    """The facts of a report just handed in that asks for money too: 投诉 need not ask for them again."""
    newest = next(iter(context.own), None)
    if newest is None or newest.kind is not Kind.REPORT or newest.sibling:
        return {}
    if newest.created_at < context.now - context.office.picture_window or not _claims(recognise(newest.description)):
        return {}
    known = {
        "merchant": newest.merchant,
        "address": newest.address,
        "problem": newest.description,
        "product": newest.product,
        "happened": newest.happened,
        "business": newest.business,
        "sibling": newest.number,
    }
    return {name: value for name, value in known.items() if value}


def _join(context: Context, stored: Submission) -> int:
    """Pictures sent shortly before the first word belong to it, and all that came while the talk went on."""
    started = context.unfinished.started_at if context.unfinished else context.now
    since = started - context.office.picture_window
    return evidence.join(context.tx, context.sender, stored.id, since) if context.standing.loose else 0
