"""What is said of an alarm, to people and to programs: its number, what and where, the reasons, never who reported it.

A citizen's words stand in it as plain text on one line each: no break, no tag and no address to tap.
"""

import unicodedata
from typing import Any

from content.replies import marks, say
from content.submissions.categories import CATEGORIES
from handlers.office import Office
from storage.engine.times import stamp
from storage.notices.alarm import Alarm, Called

LONGEST = 100
"""Characters of one value: the address of ours that follows is to be seen."""
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")


def line(text: str) -> str:
    """What somebody wrote as plain text on a single line."""
    seen = "".join(letter for letter in marks.oneline(text) if unicodedata.category(letter) not in _INVISIBLE)
    return str(marks.harmless(seen))[:LONGEST]


def what(alarm: Alarm) -> str:
    """The business and the category, as far as they are known."""
    known = CATEGORIES.get(alarm.category)
    return " ".join(filter(None, (line(alarm.merchant), known.label if known else line(alarm.category))))


def link_to(office: Office, number: str) -> str:
    """Where staff open a submission."""
    return f"{office.base_url}/console/submissions/{number}"


def told(office: Office, alarm: Alarm) -> dict[str, Any]:
    """An alarm as it is told to whoever answers for it."""
    return {
        "number": alarm.number,
        "what": what(alarm),
        "link": link_to(office, alarm.number),
        "since": office.local(alarm.raised_at),
        "people": str(alarm.people),
        "others": alarm.others,
        "more": alarm.people > len(alarm.others) + 1,
        "further": str(alarm.further or ""),
    }


def brief(office: Office, alarm: Alarm, call: Called) -> str:
    """What whoever is called reads."""
    return say(
        "alarm_brief",
        **told(office, alarm),
        place=line(alarm.address),
        reasons="；".join(map(line, alarm.reasons)),
        officer=call.staff,
        unanswered=call.round > 0,
    )


def further(office: Office, alarm: Alarm) -> str:
    """What whoever was called, or has taken it, reads when more has joined it."""
    return say("alarm_further", **told(office, alarm))


def facts(office: Office, alarm: Alarm, call: Called) -> dict[str, Any]:
    """The same for a program."""
    return {
        "number": alarm.number,
        "what": what(alarm),
        "place": line(alarm.address),
        "reasons": [*map(line, alarm.reasons)],
        "link": link_to(office, alarm.number),
        "people": alarm.people,
        "others": [*alarm.others],
        "further": alarm.further,
        "officer": call.staff,
        "call": call.number,
        "unanswered": call.round > 0,
        "raised_at": stamp(alarm.raised_at),
    }
