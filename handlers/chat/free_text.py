"""Nobody types commands: what a message outside a talk is taken for, and what is done with it.

INTENTS is the table. An emergency is stored at once; everything else is stored only after 提交.
"""

import re
from collections.abc import Callable

from content.replies import say
from handlers import letters
from handlers.chat import followup, hand_in, help, lookup, pictures, progress, talk
from handlers.chat.context import Context, Reply
from handlers.chat.guided import BOTH, COMPLAINT, REPORT, begin_with
from handlers.submissions import intake
from handlers.understanding.recognition import Recognition, recognise
from storage.submissions.submission import Submission

FOOD_LEADS = {"report", "complaint", "emergency"}
ASKING = {"question", "chatter"}
ANOTHER = re.compile("举报|投诉|另外|还有一|又一家|别的店|另一")
"""Words by which people begin a new matter right after another."""
_SENTENCE = re.compile(r"[。！？!?；;\n，,]+")


def understood(context: Context) -> Reply | None:
    """The last route for words: a text, or a link that somebody passed on."""
    if not context.text:
        return None
    found = recognise(context.text)
    if found.intent == "emergency":
        return hand_in.emergency(context, found)
    if found.intent in ASKING and progress.is_asked_for(context.text):
        return progress.own(context)
    waiting = followup.waiting_question(context)
    if waiting is not None and not (found.intent == "question" and help.known_answer(context.text)):
        return followup.replied(context)
    recent = pictures.recent(context)
    if recent is not None and _belongs(found, recent, context.text):
        return followup.add_words(context, recent, context.text)
    if found.merchant and found.merchant == context.text.strip("。？?！! "):
        hint = say("name_alone", name=found.merchant)
        return Reply(f"{lookup.about(context, found.merchant).text}\n\n{hint}")
    return INTENTS[found.intent](context, found)


def _belongs(found: Recognition, recent: Submission, text: str) -> bool:
    """Words shortly after a submission that name no other business and begin nothing new are part of it."""
    if found.intent not in ("report", "complaint") or ANOTHER.search(text):
        return False
    return not found.merchant or found.merchant in recent.merchant or recent.merchant in found.merchant


def _report(context: Context, found: Recognition) -> Reply:
    return begin_with(context, BOTH if "complaint" in found.also else REPORT, context.text, found)


def _complaint(context: Context, found: Recognition) -> Reply:
    return begin_with(context, BOTH if "report" in found.also else COMPLAINT, context.text, found)


def _question(context: Context, found: Recognition) -> Reply:
    return Reply(help.known_answer(context.text) or say("knowledge_none", office=context.office))


def _discipline(context: Context, found: Recognition) -> Reply:
    """Into the sealed box; only what is said of a business, and of nobody else, goes on as a report."""
    kept = letters.keep(context.tx, context.office, context.message.openid, context.text)
    lead = say("discipline_received", reference=kept, phone=context.office.discipline_phone)
    if not FOOD_LEADS & set(found.also):
        return Reply(lead, apart=True)
    about = "，".join(part for part in _SENTENCE.split(context.text) if _speaks_of_a_business(part))
    if not about:
        return Reply(lead + "\n\n" + say("discipline_ask_lead"), apart=True)
    begun = begin_with(context, REPORT, about, recognise(about))
    return Reply("\n\n".join((lead, say("discipline_with_lead"), begun.text)), apart=True)


def _speaks_of_a_business(part: str) -> bool:
    found = recognise(part)
    return found.intent in FOOD_LEADS and "discipline" not in found.also


def _chatter(context: Context, found: Recognition) -> Reply:
    """Thanks and adverts get the plain answer; other authorities' matters are told where they go."""
    return Reply(help.known_answer(context.text) or say("fallback", office=context.office))


INTENTS: dict[str, Callable[[Context, Recognition], Reply]] = {
    "report": _report,
    "complaint": _complaint,
    "question": _question,
    "discipline": _discipline,
    "chatter": _chatter,
}


def place(context: Context) -> Reply | None:
    """A location outside a talk: of what was handed in just now, or the beginning of a report."""
    where = talk.place(context)
    if where is None or context.under_way:
        return None
    recent = pictures.recent(context)
    if recent is None:
        return talk.begin(context, REPORT, {"category": ""} | where, say("place_first", address=where["address"]))
    intake.add_place(context.tx, context.office, recent, where)
    return Reply(say("place_joined", number=recent.number))
