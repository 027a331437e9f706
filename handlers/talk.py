"""Guided talks: load where one stands, take one turn, save where it stands then."""

from collections.abc import Callable
from dataclasses import dataclass

from content import categories
from content.replies import say
from handlers.call import Call, Reply
from handlers.conversation import Answers, Said, Step, Turn, open_step, proceed, turn
from storage import follower, outbox

SUMMARY = "pictures:"
"""How subjects begin of notices that sum up a burst of pictures."""


@dataclass(frozen=True)
class Topic:
    """A kind of talk: its questions, and what happens when they are answered."""

    name: str
    steps: tuple[Step, ...]
    submit: Callable[[Call, Answers], Reply]


def question(step: Step, answers: Answers) -> str:
    """The hint, and on the last line the one thing asked for, by its label's word."""
    hint = say(step.hint, answers=answers, categories=list(categories.CATEGORIES.values()))
    return f"{hint}\n\n{step.verb}【{step.label}】"


def begin(call: Call, topic: Topic, answers: Answers) -> Reply:
    """Start a talk with what is known already; submits at once, beside any talk under way, when nothing is missing."""
    # The account is about to say something better than "we kept your pictures".
    outbox.drop_for(call.tx, call.sender, SUMMARY)
    first = proceed(topic.steps, answers)
    return topic.submit(call, answers) if first.state == "submit" else _go_on(call, topic, first)


def current_question(topic: Topic, answers: Answers) -> str:
    step = open_step(topic.steps, answers)
    return question(step, answers) if step else ""


def take(call: Call, topic: Topic, answers: Answers) -> Reply:
    """One exchange of a talk under way."""
    return _go_on(call, topic, turn(topic.steps, answers, Said(call.word, call.text, place(call))))


def advance(call: Call, topic: Topic, answers: Answers) -> Reply:
    """Go on with answers that came another way (a picture, a voice note)."""
    return _go_on(call, topic, proceed(topic.steps, answers))


def _go_on(call: Call, topic: Topic, next: Turn) -> Reply:
    if next.state == "submit":
        outbox.drop_for(call.tx, call.sender, SUMMARY)
        reply = topic.submit(call, next.answers)
        follower.end_talk(call.tx, call.sender)
        return reply
    if next.state == "cancel":
        follower.end_talk(call.tx, call.sender)
        return Reply(say("talk_cancelled"))
    follower.save_talk(call.tx, call.sender, topic.name, next.answers)
    assert next.step is not None
    lead = {
        "missing": lambda: say("talk_missing", missing=next.missing) + "\n\n",
        "again": lambda: say("talk_again") + "\n\n",
    }.get(next.state, lambda: "")()
    return Reply(lead + question(next.step, next.answers))


def place(call: Call) -> dict[str, str] | None:
    """What a location message names (GCJ-02 degrees), as answers."""
    if call.message.kind != "location":
        return None
    latitude, longitude = call.message.text("Location_X"), call.message.text("Location_Y")
    label = call.message.text("Label") or f"{latitude}, {longitude}"
    return {"address": label, "latitude": latitude, "longitude": longitude}
