"""A submission is born: from chat, from the desk, or through the API, always the same way."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from content import categories
from handlers import deadlines, tasks, triage
from handlers.call import Site
from handlers.masking import mask
from storage import audit, submission, timeline
from storage.database import Tx
from storage.records import Identity, Kind, Staff, Submission
from storage.submission import Draft

FIRST_DEADLINE = {Kind.REPORT: "report.verify", Kind.COMPLAINT: "complaint.accept"}
SOURCES = {"wechat": "微信公众号", "api": "接口"}
"""Sources that programs write; staff write theirs in words."""
FREE_TEXT = ("merchant", "address", "happened", "description", "demand")


def receive(tx: Tx, site: Site, draft: Draft, identity: Identity, *, sender: str | None, actor: str) -> Submission:
    """Store a submission with its number, urgency, first deadline, timeline and audit row.

    Personal numbers in its texts are masked and kept with the identity.
    """
    masked = {name: mask(getattr(draft, name)) for name in (*FREE_TEXT, "source")}
    mentioned = "\n".join(number for part in masked.values() for number in part.numbers)
    texts: dict[str, Any] = {name: part.text for name, part in masked.items()}
    everything = " ".join(texts[name] for name in FREE_TEXT)
    urgency = triage.assess(everything)
    category = draft.category if draft.category in categories.CATEGORIES else categories.guess(everything)
    stored = submission.add(
        tx,
        replace(draft, **texts, category=category or "other", urgency=urgency.level, reasons=urgency.reasons),
        sender=sender,
        identity=replace(identity, mentioned=mentioned),
        day=site.today(tx.now),
    )
    start_deadline(tx, site, stored, FIRST_DEADLINE[stored.kind], stored.received_at)
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
    return stored


def enter(tx: Tx, site: Site, draft: Draft, identity: Identity, *, staff: Staff) -> Submission:
    """Store what staff or a program enter for somebody; what the law wants besides becomes a task."""
    stored = receive(tx, site, draft, identity, sender=None, actor=staff.name)
    tasks.ask_for_missing(tx, stored, identity)
    return stored


def start_deadline(tx: Tx, site: Site, stored: Submission, code: str, begins: datetime) -> None:
    """Start a statutory period under the rule in force when the submission was received."""
    rule = deadlines.rule(code, site.today(stored.received_at))
    due = deadlines.due(site.today(begins), rule.days, rule.unit)
    submission.start_deadline(
        tx,
        stored.id,
        code=code,
        due_on=due.on,
        basis=rule.basis,
        provisional=due.provisional or not rule.sure,
    )
