"""Words on an official's conduct (纪检检举): into the sealed box, whatever was asked, and never into a case.

A letter needs a word for an official; where the words sound like one and name none, one question tells.
"""

import re

from content.replies import say
from handlers import letters
from handlers.chat import doubts, help
from handlers.chat.context import Context, Reply
from handlers.chat.guided import REPORT, begin_with, current_question
from handlers.understanding.recognition import recognise

INTENT = "discipline"
FOOD_LEADS = {"report", "complaint", "emergency"}
SENTENCE = 8
"""Characters. What is shorter accuses nobody."""
VALUES = {"category", "merchant", "address", "pictures", "name", "phone", "contact_address"}
"""Questions whose answers are no stories: who answers them speaks of no official, unless they name one."""
_UNSPOKEN = re.compile(r"[\d\s]+")
"""A number accuses nobody."""
_SENTENCE = re.compile(r"[。！？!?；;\n，,]+")


def heard(context: Context) -> Reply | None:
    """Words on an official's conduct; None when they are none."""
    spoken = context.text and not context.word and not context.meant and not context.is_labelled
    if not spoken or doubts.OFFICIAL in context.settled:
        return None
    found = context.recognition
    if found.intent != INTENT and not (INTENT in found.also and means_official(context)):
        return None
    if means_official(context) and (len(context.text) > SENTENCE or context.asked not in VALUES):
        return letter(context)
    opening = context.opening.word
    accuses = len(_UNSPOKEN.sub("", context.text)) >= SENTENCE and not help.is_asked(context.text)
    doubtful = accuses and context.asked not in VALUES and opening in ("", "举报", "投诉")
    return doubts.ask(context, doubts.OFFICIAL, say("doubt_official")) if doubtful else None


def means_official(context: Context) -> bool:
    """Whether the words accuse, and name somebody who holds an office."""
    found = context.recognition
    return found.official and INTENT in (found.intent, *found.also)


def keep(context: Context) -> str:
    """Seal the words in; returns the reference of the letter."""
    return letters.keep(context.tx, context.office, context.message.openid, context.text)


def letter(context: Context) -> Reply:
    """Into the sealed box; what is said of a business, and of nobody else, goes on as a report."""
    lead = say("discipline_received", reference=keep(context), phone=context.office.discipline_phone)
    if again := current_question(context):
        return Reply(f"{lead}\n\n{again}", apart=True)
    if context.just_handed_in or not FOOD_LEADS & set(context.recognition.also):
        return Reply(lead, apart=True)
    about = "，".join(part for part in _SENTENCE.split(context.text) if _speaks_of_a_business(part))
    if not about:
        return Reply(lead + "\n\n" + say("discipline_ask_lead"), apart=True)
    begun = begin_with(context, REPORT, about, recognise(about))
    return Reply("\n\n".join((lead, say("discipline_with_lead"), begun.text)), apart=True)


def _speaks_of_a_business(part: str) -> bool:
    found = recognise(part)
    return found.intent in FOOD_LEADS and INTENT not in found.also
