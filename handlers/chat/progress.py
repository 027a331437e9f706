"""进度: one's own submissions. A number of somebody else answers exactly as one that does not exist."""

import re
import unicodedata
from typing import Any

from content.clock.deadlines import LABELS
from content.replies import say
from content.submissions import remedies
from handlers.chat import reading, verbs
from handlers.chat.context import Context, Reply
from handlers.chat.reading import NUMBER
from handlers.clock import deadlines
from handlers.submissions import receipts
from handlers.submissions.intake import DANGER
from handlers.submissions.stages import KINDS, STAGES
from handlers.understanding import sentences
from storage import timeline
from storage.chat import pending
from storage.submissions import deadline
from storage.submissions.deadline import Deadline
from storage.submissions.submission import Submission

UNITS = {"workday": "个工作日", "day": "日"}
LISTED = 8
TOLD = 6


def unknown(number: str) -> Reply:
    """For a number that does not exist, and for one of somebody else's."""
    return Reply(say("progress_unknown", number=number[:24]))


def show(context: Context) -> Reply:
    """进度 alone lists, 进度 <number> tells of one."""
    rest = context.opening.rest
    if not any(letter.isdecimal() for letter in rest):
        return _list(context)
    found = NUMBER.search(rest)
    if found:
        number = reading.number_of(found)
        named = context.own_numbered(number)
        return one(context, named) if named else unknown(number)
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", rest)).upper()
    own = context.own[:LISTED]
    return one(context, own[int(plain) - 1]) if plain in map(str, range(1, len(own) + 1)) else unknown(plain)


def _list(context: Context) -> Reply:
    own = context.own[:LISTED]
    if not own:
        return Reply(say("progress_none"))
    if len(own) == 1:
        return one(context, own[0])
    may_choose = context.under_way is None
    if may_choose:
        pending.ask(context.tx, context.sender, verbs.SHOW.name, [case.number for case in own], {})
    return Reply(say("progress_list", cases=[line(context, case) for case in own], may_choose=may_choose))


def line(context: Context, found: Submission) -> dict[str, Any]:
    """A case in one line, for its own citizen."""
    return {
        "number": found.number,
        "kind": KINDS[found.kind],
        "merchant": found.merchant[:12],
        "received": context.office.local(found.received_at),
        "stage": STAGES[found.stage].public,
        "next": STAGES[found.stage].next,
        "asked": found.asked_at is not None,
    }


def available_verbs(context: Context, found: Submission) -> str:
    """The words that work on it now; with the number only where there are other cases."""
    available = verbs.available(found, context.now)
    alone = len(context.own) == 1
    number = "" if alone else f" {found.number}"
    return say("offers", names=[verb.name for verb in available], number=number) if available else ""


def one(context: Context, found: Submission) -> Reply:
    """Where one's own case stands, what comes next and by when, and what can be done now."""
    due = deadline.next_of(context.tx, [found.id]).get(found.id)
    told = [
        {
            "at": context.office.local(entry.at),
            "title": entry.title.removesuffix("提交人"),
            "body": entry.body,
        }
        for entry in timeline.of(context.tx, found.id)
        if entry.public and entry.kind in ("answer", "move") and entry.title != "收到"
    ]
    case = line(context, found) | {
        "external_number": found.external_number,
        "external_at": found.external_at,
        "due": _due(context, found, due) if due else "",
        "told": told[-TOLD:],
        "receipt": receipts.link(context.tx, context.office, found),
        "urgent": found.urgency == DANGER,
        "disputed": context.office.today(found.disputed_at).isoformat() if found.disputed_at else "",
    }
    return Reply(
        say(
            "progress_one",
            case=case,
            offers=available_verbs(context, found),
            remedies=remedies.of(found.kind, found.stage, context.office.today(context.now)),
        )
    )


def _due(context: Context, found: Submission, due: Deadline) -> str:
    rule = deadlines.rule(due.code, context.office.today(found.received_at))
    provisional = "（暂估）" if due.provisional else ""
    return (
        f"法定期限：{due.due_on} 前{LABELS[due.code]}{provisional}\n依据：{due.basis}，{rule.days}{UNITS[rule.unit]}内"
    )


def is_asked_for(text: str) -> bool:
    """Whether somebody asks in their own words how their case goes."""
    return sentences.READER.says(text, "own")


def own(context: Context) -> Reply:
    return _list(context)
