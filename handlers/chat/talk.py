"""Guided talks: load where one stands, take one turn, save where it stands then."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from content.replies import say
from content.submissions import categories
from handlers.chat import choices
from handlers.chat.context import Context, Reply
from handlers.chat.dialogue import Answers, Step, Turn, open_step, proceed
from storage.chat import talk as talks
from storage.notices import outbox, parcel

_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d+)?")


@dataclass(frozen=True)
class Topic:
    """A kind of talk: its questions, and what happens when they are answered."""

    name: str
    label: str
    steps: tuple[Step, ...]
    submit: Callable[[Context, Answers], Reply]


def question(step: Step, answers: Answers) -> str:
    """The hint, and on the last line the one thing asked for, by its label's word."""
    hint = say(step.hint, answers=answers, categories=list(categories.CATEGORIES.values()))
    return f"{hint}\n\n{asked_for(step)}"


def asked_for(step: Step) -> str:
    """The one thing that a question asks for."""
    return f"{step.verb}【{step.label}】"


def begin(context: Context, topic: Topic, answers: Answers, lead: str = "") -> Reply:
    """Start a talk with what is known already; submits at once, beside any talk under way, when nothing is missing."""
    _say_better(context)
    first = proceed(topic.steps, answers)
    return topic.submit(context, answers) if first.state == "submit" else go_on(context, topic, first, {}, lead)


def _say_better(context: Context) -> None:
    """The account is about to say something better than "we kept your pictures"."""
    if context.standing.summary:
        outbox.drop_for(context.tx, context.sender, parcel.Topic.PICTURES)


def current_question(topic: Topic, answers: Answers) -> str:
    step = open_step(topic.steps, answers)
    return question(step, answers) if step else ""


def advance(context: Context, topic: Topic, answers: Answers) -> Reply:
    """Go on with answers that came another way (a picture, a voice note)."""
    return go_on(context, topic, proceed(topic.steps, answers), answers)


def go_on(context: Context, topic: Topic, next: Turn, before: Answers, lead: str = "") -> Reply:
    """What comes next of a talk: its question, its submission or its end; `before` are the answers until now."""
    if next.state == "submit":
        _say_better(context)
        reply = topic.submit(context, next.answers)
        talks.end(context.tx, context.sender)
        return reply
    if next.state == "cancel":
        talks.end(context.tx, context.sender)
        return Reply(say("talk_cancelled"))
    assert next.step is not None
    answers, offer = choices.make(context, next.step, before, next.answers)
    talks.save(context.tx, context.sender, topic.name, answers, openid=context.message.openid)
    remark = {
        "missing": lambda: say("talk_missing", missing=next.missing),
        "added": lambda: say("talk_added"),
    }.get(next.state, lambda: "")()
    return Reply("\n\n".join(filter(None, [lead, remark, offer, question(next.step, answers)])))


def place(context: Context) -> dict[str, str] | None:
    """What a location message names (GCJ-02 degrees), as answers."""
    if context.message.kind != "location":
        return None
    latitude, longitude = context.message.text("Location_X"), context.message.text("Location_Y")
    label = context.message.text("Label") or f"{latitude}, {longitude}"
    known = _DEGREES.fullmatch(latitude) and _DEGREES.fullmatch(longitude)
    return {"address": label} | ({"latitude": latitude, "longitude": longitude} if known else {})
