"""Danger now: stored at once, the officer on duty called, and first of all told whom to ring."""

from content.replies import say
from handlers import hand_in
from handlers.chat.context import Call, Reply
from handlers.understanding.recognition import Recognition
from storage import evidence
from storage.records import Kind


def store(call: Call, found: Recognition) -> Reply:
    """An urgent report of its own, with its number in the answer; `found` is what was recognised."""
    answers = {"problem": call.text, "merchant": found.merchant, "address": found.place}
    stored = hand_in.store(call, Kind.REPORT, answers, found)
    evidence.join(call.tx, call.sender, stored.id, since=call.now - call.site.picture_window)
    known = bool(found.merchant or found.place)
    return Reply(say("emergency", number=stored.number, known=known, links=hand_in.links(call, stored)))
