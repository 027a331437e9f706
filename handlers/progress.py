"""进度: one's own submissions. A number of somebody else answers exactly as one that does not exist."""

import re
import unicodedata
from typing import Any

from content import remedies
from content.deadlines import LABELS
from content.replies import say
from handlers import citizen
from handlers.chat.context import Call, Reply
from handlers.clock import deadlines
from handlers.submissions import receipts
from handlers.submissions.procedure import STAGES
from storage import pending, submission, timeline
from storage.records import Deadline, Kind, Submission

KIND_LABELS = {Kind.REPORT: "举报", Kind.COMPLAINT: "投诉"}
_OWN = re.compile(
    "(?:我|俺|上次|之前).{0,8}(?:举报|投诉|反映|案子|事).{0,8}(?:咋样|怎么样|怎样|进度|结果|处理|到哪|办到)"
    "|(?:查|办|处理)(?:得|的|到)?.{0,2}(?:咋样|怎么样)了"
)
"""How people ask after their own case."""
UNITS = {"workday": "个工作日", "day": "日"}
LISTED = 8
TOLD = 6
_NUMBER = re.compile(r"[Ss\uff33\uff53]\s*[Aa\uff21\uff41]\s*(\d{8})\s*[-－—–‐]?\s*(\d{4,})")
_LEAD = re.compile(rf"(?:编号)?[\s:：#]*{_NUMBER.pattern}[\s:：,，、]*")


def number_in(text: str) -> tuple[str, str]:
    """The number a text begins with, and what follows it; '' and the whole text when it begins otherwise."""
    found = _LEAD.match(text)
    if found is None:
        return "", text
    return _number(found), text[found.end() :].strip()


def _number(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", f"SA{found[1]}-{found[2]}")


def unknown(number: str) -> Reply:
    """For a number that does not exist, and for one of somebody else's."""
    return Reply(say("progress_unknown", number=number[:24]))


def show(call: Call) -> Reply | None:
    rest = call.rest_after("进度", apart=True)
    if call.word != "进度" and rest is None:
        return None
    if not rest or not any(letter.isdecimal() for letter in rest):
        return _list(call)
    found = _NUMBER.search(rest)
    if found:
        number = _number(found)
        own = submission.of_sender(call.tx, call.sender, number=number)
        return one(call, own[0]) if own else unknown(number)
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", rest)).upper()
    own = submission.of_sender(call.tx, call.sender, limit=LISTED)
    return one(call, own[int(plain) - 1]) if plain in map(str, range(1, len(own) + 1)) else unknown(plain)


def named_in(text: str) -> str:
    """The number a text names, however it was typed; the whole text, without gaps, when it names none."""
    found = _NUMBER.search(text)
    return _number(found) if found else re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def _list(call: Call) -> Reply:
    own = submission.of_sender(call.tx, call.sender, limit=LISTED)
    if not own:
        return Reply(say("progress_none"))
    if len(own) == 1:
        return one(call, own[0])
    may_choose = call.under_way is None
    if may_choose:
        pending.ask(call.tx, call.sender, citizen.SHOW.name, [case.number for case in own], {})
    return Reply(say("progress_list", cases=[line(call, case) for case in own], may_choose=may_choose))


def line(call: Call, found: Submission) -> dict[str, Any]:
    """A case in one line, for its own citizen."""
    return {
        "number": found.number,
        "kind": KIND_LABELS[found.kind],
        "merchant": found.merchant[:12],
        "received": call.site.local(found.received_at),
        "stage": STAGES[found.stage].public,
        "next": STAGES[found.stage].next,
        "asked": found.asked_at is not None,
    }


def offers(call: Call, found: Submission) -> str:
    """The words that work on it now; with the number only where there are other cases."""
    verbs = citizen.offered(found, call.now)
    alone = len(submission.of_sender(call.tx, call.sender, limit=2)) == 1
    number = "" if alone else f" {found.number}"
    return say("offers", names=[verb.name for verb in verbs], number=number) if verbs else ""


def one(call: Call, found: Submission) -> Reply:
    """Where one's own case stands, what comes next and by when, and what can be done now."""
    due = submission.next_deadlines(call.tx, [found.id]).get(found.id)
    told = [
        {
            "at": call.site.local(entry.at),
            "title": entry.title.removesuffix("提交人"),
            "body": entry.body,
        }
        for entry in timeline.of(call.tx, found.id)
        if entry.public and entry.kind in ("answer", "move") and entry.title != "收到"
    ]
    case = line(call, found) | {
        "external_number": found.external_number,
        "external_at": found.external_at,
        "due": _due(call, found, due) if due else "",
        "told": told[-TOLD:],
        "receipt": receipts.link(call.tx, call.site, found),
    }
    return Reply(
        say(
            "progress_one",
            case=case,
            offers=offers(call, found),
            remedies=remedies.of(found.kind, found.stage),
        )
    )


def _due(call: Call, found: Submission, due: Deadline) -> str:
    rule = deadlines.rule(due.code, call.site.today(found.received_at))
    provisional = "（暂估）" if due.provisional else ""
    return (
        f"法定期限：{due.due_on} 前{LABELS[due.code]}{provisional}\n依据：{due.basis}，{rule.days}{UNITS[rule.unit]}内"
    )


def is_asked_for(text: str) -> bool:
    """Whether somebody asks in their own words how their case goes."""
    return bool(_OWN.search(text))


def own(call: Call) -> Reply:
    return _list(call)
