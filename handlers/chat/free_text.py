"""Nobody types commands: what a message outside a talk is taken for, and what is done with it.

INTENTS is the table. Everything here is stored only after 提交; danger and letters are taken before (`routes`).
"""

import re
from collections.abc import Callable

from content.replies import say
from handlers.chat import alerts, followup, gathered, help, lookup, progress, talk, verbs
from handlers.chat.context import Context, Reply
from handlers.chat.guided import BOTH, COMPLAINT, REPORT, begin_with, current_question
from handlers.submissions import intake
from handlers.understanding.recognition import Recognition
from storage.submissions.submission import Submission

TELLING = {"report", "complaint", "emergency"}
ANOTHER = re.compile("举报|投诉|另外|还有一|又一家|别的店|另一|还有个事|别的事")
"""Words by which people begin a new matter right after another."""
SAME = re.compile("老板|[他她它]家|[他她]们|店里|[这那该]家|[这那该本]店|[他她](?:还|又|也)")
"""Words by which they speak of the same business all the same: 另外老板还卖假烟."""


def understood(context: Context) -> Reply | None:
    """The last route for words: a text, or a link that somebody passed on."""
    if not context.text:
        return None
    context = gathered.whole(context)
    found = context.recognition
    asks = _asks(context, found)
    if followup.waiting_question(context) is not None and not asks:
        return followup.replied(context)
    case = context.just_handed_in
    if case is not None and not (asks and not case.alarmed_at) and _belongs(context, found, case):
        return _joined(context, case)
    if found.merchant and found.merchant == context.text.strip("。？?！! "):
        hint = say("name_alone", name=found.merchant)
        return Reply(f"{lookup.about(context, found.merchant).text}\n\n{hint}")
    return INTENTS["question" if asks else found.intent](context, found)


def _asks(context: Context, found: Recognition) -> bool:
    """Whether it is a question that the knowledge base answers: of people who ask, not who tell of a shop."""
    about_somebody = found.intent in TELLING and (found.merchant or found.place)
    return not about_somebody and help.is_asked(context.text) and help.known_answer(context.text) is not None


def _belongs(context: Context, found: Recognition, case: Submission) -> bool:
    """Words shortly after a submission are part of it, unless they ask us something or begin a case of their own."""
    if case.alarmed_at:
        return True
    other = found.merchant and found.merchant not in case.merchant and case.merchant not in found.merchant
    another = ANOTHER.search(context.text) and not SAME.search(context.text)
    return not (found.intent in TELLING and (other or another)) or bool(SAME.match(context.text))


def _joined(context: Context, case: Submission) -> Reply:
    if case.alarmed_at:
        verbs.take(context, verbs.ADD, case, {"words": context.text})
        alerts.complete(context, case)
        return Reply(say("emergency_added", number=case.number))
    return followup.add_words(context, case, context.text)


def _report(context: Context, found: Recognition) -> Reply:
    return begin_with(context, BOTH if "complaint" in found.also else REPORT, context.text, found)


def _complaint(context: Context, found: Recognition) -> Reply:
    return begin_with(context, BOTH if "report" in found.also else COMPLAINT, context.text, found)


def _question(context: Context, found: Recognition) -> Reply:
    known = help.known_answer(context.text)
    if progress.is_asked_for(context.text) and (context.own or known is None):
        return progress.own(context)
    return Reply(known or help.unknown(context, context.text))


def _chatter(context: Context, found: Recognition) -> Reply:
    """What the knowledge base knows is answered; what may be the beginning of a story is kept until more comes."""
    if gathered.is_enough(context):
        return _report(context, found)
    known = help.known_answer(context.text)
    return Reply(known) if known else gathered.keep(context)


INTENTS: dict[str, Callable[[Context, Recognition], Reply]] = {
    "report": _report,
    "complaint": _complaint,
    "emergency": _report,
    "question": _question,
    "discipline": _report,
    "chatter": _chatter,
}
"""Danger and an official's conduct come here only when their sender has said that it is none."""


def place(context: Context) -> Reply | None:
    """A location outside a talk: of what was handed in just now, or the beginning of a report."""
    where = talk.place(context)
    if where is None or context.under_way:
        return None
    case = context.just_handed_in
    if case is None:
        return talk.begin(context, REPORT, {"category": ""} | where, say("place_first", address=where["address"]))
    intake.add_place(context.tx, context.office, case, where)
    return Reply(say("place_joined", number=case.number))


def sticker(context: Context) -> Reply | None:
    """What the platform says in place of a sticker or a file (`PLACEHOLDERS`): nobody's words."""
    if context.text.strip("【】[] ") not in PLACEHOLDERS:
        return None
    return Reply("\n\n".join(filter(None, (say("sticker"), current_question(context)))))


PLACEHOLDERS = {"收到不支持的消息类型，暂无法显示", "收到不支持的消息类型,暂无法显示", "Unsupported Message"}
