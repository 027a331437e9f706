"""A submission is born: from chat, from the desk, or through the API, always the same way."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from content.submissions import categories
from content.understanding.townships import REGION
from handlers import periods, tasks
from handlers.errors import Refused
from handlers.masking import mask
from handlers.notices import alarms
from handlers.office import Office
from handlers.understanding import danger, normal, townships, urgency
from handlers.understanding.danger import Level
from handlers.understanding.townships import Place
from storage import audit, timeline
from storage.engine.database import Tx
from storage.people.staff import Staff
from storage.submissions import deadline, submission
from storage.submissions import identity as identities
from storage.submissions.deadline import Deadline
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind, Submission

FIRST_DEADLINE = {Kind.REPORT: "report.verify", Kind.COMPLAINT: "complaint.accept"}
SOURCES = {"wechat": "微信公众号", "api": "接口"}
"""Sources that programs write; staff write theirs in words."""
UNSAID = "人工登记"
"""The source of what staff entered without one."""
FREE_TEXT = ("merchant", "address", "happened", "description", "demand", "product")
TEXTS = {
    "merchant": ("店名", 200),
    "address": ("店铺地址", 500),
    "happened": ("发生时间", 200),
    "description": ("情况", 5000),
    "demand": ("诉求", 1000),
    "product": ("产品", 200),
    "source": ("来源", 200),
    "link": ("链接", 1000),
    "name": ("提交人姓名", 200),
    "phone": ("提交人电话", 200),
    "home": ("提交人地址", 200),
}
"""What staff or programs write when they enter a submission: its name, and how many characters it may have."""
LIMITS = {name: limit for name, (_, limit) in TEXTS.items()}
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
POINT = ("address", "latitude", "longitude")
DANGER = 2
"""The urgency of danger now: the officer on duty is called."""
STILL_NOW = timedelta(days=1)
"""What was received longer ago and is only entered now calls nobody."""


def receive(tx: Tx, office: Office, draft: Draft, identity: Identity, *, actor: str, calls: bool = True) -> Submission:
    """Store a submission with its number, urgency, first deadline, timeline and audit row.

    Personal numbers in its texts are masked and kept with the identity. `draft.urgency` and `draft.reasons` are
    what is known beside the words; danger now calls the officer on duty, unless nobody has said that it `calls`.
    """
    masked = {name: mask(getattr(draft, name)) for name in (*FREE_TEXT, "source")}
    mentioned = "\n".join(number for part in masked.values() for number in part.numbers)
    texts: dict[str, Any] = {name: part.text for name, part in masked.items()}
    everything = " ".join(texts[name] for name in FREE_TEXT)
    heard = urgency.assess(everything)
    where = _where(office, draft.address, draft.latitude, draft.longitude)
    category = draft.category if draft.category in categories.CATEGORIES else categories.guess(everything)
    first = first_period(office, draft.kind, draft.received_at)
    stored = submission.add(
        tx,
        replace(
            draft,
            **texts,
            category=category or "other",
            urgency=max(heard.level, draft.urgency),
            reasons=(*draft.reasons, *heard.reasons),
            township=where.township,
            outside=where.outside,
            next_due=first.due_on,
        ),
        identity=replace(identity, mentioned=mentioned),
        day=office.today(tx.now),
    )
    deadline.add(tx, stored.id, first)
    timeline.add(
        tx,
        stored.id,
        "move",
        actor=actor,
        title="收到",
        body=f"来源：{SOURCES.get(stored.source, stored.source)}",
        public=True,
    )
    audit.write(tx, actor=actor, action="receive", subject=stored.number, detail=stored.source)
    if stored.outside:
        tasks.ask_to_refer(tx, stored, office.today(tx.now))
    if calls and draft.urgency >= DANGER:
        alarms.raise_alarm(tx, office, stored)
    return stored


def enter(tx: Tx, office: Office, draft: Draft, identity: Identity, *, staff: Staff) -> Submission:
    """Store what staff or a program enter for somebody; what the law wants besides becomes a task.

    Whoever gave a name or a telephone is named; what stands for one and is none is kept, and names nobody. Danger now
    calls the officer on duty as it does in chat. Raises Refused for a text that is too long, and for a link that is
    none.
    """
    return take_in(tx, office, draft, identity, actor=staff.name)


def take_in(tx: Tx, office: Office, draft: Draft, identity: Identity, *, actor: str) -> Submission:
    """The same for a row of a list, which nobody of the staff has typed."""
    _check(draft, identity)
    named = bool(identity.name) or tasks.is_phone(identity.phone)
    draft = replace(draft, named=named, source=draft.source or UNSAID)
    stored = receive(tx, office, _alarming(tx, draft), identity, actor=actor)
    tasks.ask_for_missing(tx, stored, identity)
    return stored


def _alarming(tx: Tx, draft: Draft) -> Draft:
    """The same as danger now, when its words tell of danger and it was not received long ago."""
    found = danger.assess(normal.read(draft.description).text)
    if found.level is not Level.CERTAIN or draft.received_at < tx.now - STILL_NOW:
        return draft
    return replace(draft, urgency=DANGER, reasons=(*draft.reasons, *found.reasons))


def _check(draft: Draft, identity: Identity) -> None:
    person = {"name": identity.name, "phone": identity.phone, "home": identity.address}
    for name, (label, limit) in TEXTS.items():
        length = len(person[name] if name in person else getattr(draft, name))
        if length > limit:
            raise Refused("too_long", f"{label}最多{limit}字，现有{length}字。", field=name)
    if draft.link and not LINK.fullmatch(draft.link):
        text = "链接须以 http:// 或 https:// 开头，请从浏览器地址栏复制。"
        raise Refused("invalid_field", text, field="link")


def add_place(tx: Tx, office: Office, found: Submission, where: Mapping[str, str]) -> None:
    """A location sent after the words: it completes them, and never replaces an address. It is masked like them."""
    masked = mask(where["address"])
    where = {**where, "address": masked.text}
    identities.mention(tx, found.id, masked.numbers)
    names = [name for name in ("address", "latitude", "longitude") if name in where and not getattr(found, name)]
    known = {name: where[name] if name in names else getattr(found, name) for name in POINT}
    place = _where(office, **known)
    _moved(tx, office, submission.change(tx, found, **known, township=place.township, outside=place.outside))
    degrees = f"（{where['latitude']}, {where['longitude']}）" if "latitude" in where else ""
    timeline.add(tx, found.id, "said", actor="citizen", title="补充位置", body=where["address"] + degrees, public=True)


def complete(tx: Tx, office: Office, found: Submission, told: Mapping[str, str]) -> None:
    """The shop or the address of a submission that had none, from words that came later, masked like the first ones."""
    masked = {name: mask(value) for name, value in told.items() if value and not getattr(found, name)}
    if not masked:
        return
    identities.mention(tx, found.id, [number for one in masked.values() for number in one.numbers])
    known = {name: one.text for name, one in masked.items()}
    place = _where(office, known.get("address", found.address), found.latitude, found.longitude)
    _moved(tx, office, submission.change(tx, found, **known, township=place.township, outside=place.outside))


def _moved(tx: Tx, office: Office, now: Submission) -> None:
    """What turns out to lie outside is to be referred from that day on."""
    if now.outside and now.stage in submission.OPEN:
        tasks.ask_to_refer(tx, now, office.today(tx.now))


def _where(office: Office, address: str, latitude: str, longitude: str) -> Place:
    """The township, from the words where they tell it, else from the location that was sent (GCJ-02)."""
    said = townships.of_text(address, office.region)
    if said.township or said.outside or not latitude or office.region not in REGION.names:
        return said
    return townships.of_point(float(latitude), float(longitude))


def first_period(office: Office, kind: Kind, received_at: datetime) -> Deadline:
    """The first period of a submission, which begins after the day on which it was received."""
    return periods.begun(FIRST_DEADLINE[kind], office.today(received_at))
