"""进度: one's own submissions. A number of somebody else answers exactly as one that does not exist."""

import re
import unicodedata

from content.deadlines import LABELS
from content.replies import say
from handlers.call import Call, Reply
from handlers.lifecycle import STAGES
from storage import submission, timeline
from storage.records import Kind, Submission

KIND_LABELS = {Kind.REPORT: "举报", Kind.COMPLAINT: "投诉"}
_NUMBER = re.compile(r"(SA\d{8})-?(\d{4,})", re.I)


def show(call: Call) -> Reply | None:
    rest = call.rest_after("进度", apart=True)
    if call.word != "进度" and rest is None:
        return None
    if not rest or not any(letter.isdecimal() for letter in rest):
        return _list(call)
    number = number_in(rest)
    own = submission.of_sender(call.tx, call.sender, number=number)
    return _one(call, own[0]) if own else Reply(say("progress_unknown", number=number[:24]))


def number_in(text: str) -> str:
    """The number a text names, however it was typed; the whole text, without gaps, when it names none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    found = _NUMBER.search(plain)
    return f"{found[1]}-{found[2]}" if found else plain


def _list(call: Call) -> Reply:
    own = submission.of_sender(call.tx, call.sender, limit=8)
    if not own:
        return Reply(say("progress_none"))
    if len(own) == 1:
        return _one(call, own[0])
    cases = [
        {"number": case.number, "kind": KIND_LABELS[case.kind], "stage": STAGES[case.stage].public} for case in own
    ]
    return Reply(say("progress_list", cases=cases))


def _one(call: Call, found: Submission) -> Reply:
    due = submission.next_deadlines(call.tx, [found.id]).get(found.id)
    told = [
        {
            "at": call.site.local(entry.at),
            "title": "答复" if entry.kind == "answer" else entry.title,
            "body": entry.body,
        }
        for entry in timeline.of(call.tx, found.id)
        if entry.public and entry.kind in ("answer", "move") and entry.title != "收到"
    ]
    case = {
        "number": found.number,
        "kind": KIND_LABELS[found.kind],
        "received": call.site.local(found.received_at),
        "explained": STAGES[found.stage].public,
        "due": f"法定期限：{due.due_on} 前{LABELS[due.code]}{'（暂估）' if due.provisional else ''}" if due else "",
        "told": told[-6:],
    }
    return Reply(say("progress_one", case=case))
