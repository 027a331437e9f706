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
from handlers.submissions.procedure import KINDS, STAGES
from storage import timeline
from storage.chat import pending
from storage.submissions import deadline, submission
from storage.submissions.deadline import Deadline
from storage.submissions.submission import Submission

_OWN = re.compile(
    "(?:我|俺|上次|之前).{0,8}(?:举报|投诉|反映|案子|事).{0,8}(?:咋样|怎么样|怎样|进度|结果|处理|到哪|办到)"
    "|(?:查|办|处理|调查)(?:得|的|到)?.{0,2}(?:咋样|怎么样|如何)了?"
    "|(?:什么时候|啥时候|几时|多久|多长时间|何时).{0,6}(?:来|查|处理|解决|有结果|有信|回复|答复|办|联系)"
    "|(?:有|出)(?:没有|啥|什么)?(?:结果|消息|进展|信儿?|回音|下文)了?(?:没|吗|不|么)"
    "|(?:怎么|咋|为啥|为什么)(?:还|都)?(?:没|不)(?:有)?(?:人|来|联系|管|处理|回|消息|结果|动静)"
    "|(?:到哪|办到哪|走到哪).{0,3}(?:步|了)|(?:查|处理|办|管|来)(?:完|过|好)?了(?:没|吗|么|没有)"
)
"""How people ask after their own case."""
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
        own = submission.of_sender(context.tx, context.sender, number=number)
        return one(context, own[0]) if own else unknown(number)
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", rest)).upper()
    own = submission.of_sender(context.tx, context.sender, limit=LISTED)
    return one(context, own[int(plain) - 1]) if plain in map(str, range(1, len(own) + 1)) else unknown(plain)


def _list(context: Context) -> Reply:
    own = submission.of_sender(context.tx, context.sender, limit=LISTED)
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
    alone = len(submission.of_sender(context.tx, context.sender, limit=2)) == 1
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
    return bool(_OWN.search(text))


def own(context: Context) -> Reply:
    return _list(context)
