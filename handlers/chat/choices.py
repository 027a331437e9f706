"""Which business is meant: a short numbered choice out of the register that never blocks.

The choice lives in the answers of the talk under `offer`; any answer but a listed number goes on as typed.
"""

import json
import unicodedata

from content.replies import say
from handlers.chat.context import Context
from handlers.chat.dialogue import Answers, Step
from handlers.registers import businesses

MOST = 3
Choice = dict[str, str]


def taken_out(answers: Answers) -> tuple[Answers, list[Choice]]:
    """The answers without the offer that stood in them, and the offer."""
    kept = {name: value for name, value in answers.items() if name != "offer"}
    return kept, json.loads(answers.get("offer", "[]"))


def choice(context: Context, offered: list[Choice]) -> Choice | None:
    """The business whose number was sent."""
    plain = unicodedata.normalize("NFKC", context.text).strip(" .、")
    listed = offered and plain.isdecimal() and 1 <= int(plain) <= len(offered)
    return offered[int(plain) - 1] if listed else None


def make(context: Context, step: Step, before: Answers, answers: Answers) -> tuple[Answers, str]:
    """Offer what the register knows under a name that was just said.

    One exact hit is linked without a question. Categories are chosen by number too, so no offer stands there.
    """
    merchant = answers.get("merchant", "")
    if not merchant or merchant == before.get("merchant") or answers.get("business"):
        return answers, ""
    if step.name == "category":
        return answers, ""
    found = businesses.matches(context.tx, merchant, region=context.office.region, limit=MOST)
    if (known := businesses.certain(found, merchant, region=context.office.region)) is not None:
        return answers | {"business": known.id}, ""
    if not found:
        return answers, ""
    choices = [{"id": one.id, "name": one.name, "address": one.address} for one in found]
    return answers | {"offer": json.dumps(choices, ensure_ascii=False)}, say("offer", choices=choices)
