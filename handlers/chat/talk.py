"""Guided talks: load where one stands, take one turn, save where it stands then."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from content.replies import say
from content.submissions import categories
from handlers.chat import choices, interruptions
from handlers.chat.context import Context, Reply
from handlers.chat.dialogue import Answers, Said, Step, Turn, open_step, proceed, turn
from handlers.chat.questions import corrections
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
    return f"{hint}\n\n{step.verb}【{step.label}】"


def begin(context: Context, topic: Topic, answers: Answers, lead: str = "") -> Reply:
    """Start a talk with what is known already; submits at once, beside any talk under way, when nothing is missing."""
    # The account is about to say something better than "we kept your pictures".
    outbox.drop_for(context.tx, context.sender, parcel.Topic.PICTURES)
    first = proceed(topic.steps, answers)
    return topic.submit(context, answers) if first.state == "submit" else _go_on(context, topic, first, {}, lead)


def current_question(topic: Topic, answers: Answers) -> str:
    step = open_step(topic.steps, answers)
    return question(step, answers) if step else ""


def take(context: Context, topic: Topic, answers: Answers) -> Reply:
    """One exchange of a talk under way: a choice, a correction, an aside, or the answer to what was asked."""
    answers, offered = choices.taken_out(answers)
    if (chosen := choices.choice(context, offered)) is not None:
        lead = say("offer_taken", name=chosen["name"])
        return _go_on(context, topic, proceed(topic.steps, answers | {"business": chosen["id"]}), answers, lead)
    known = {name: value for name, value in corrections(context.text).items() if name in _names(topic)}
    if known:
        lead = say("talk_corrected", labels=[step.label for step in topic.steps if step.name in known])
        return _go_on(context, topic, proceed(topic.steps, answers | _unlinked(known) | known), answers, lead)
    step = open_step(topic.steps, answers)
    assert step is not None
    if aside := interruptions.answer(context, step):
        return Reply(f"{aside}\n\n{question(step, answers)}")
    said = Said(context.word, context.text, place(context))
    return _go_on(context, topic, turn(topic.steps, answers, said), answers, interruptions.warning(context, step))


def _names(topic: Topic) -> set[str]:
    return {step.name for step in topic.steps} | {"happened"}


def _unlinked(known: Answers) -> Answers:
    """Another name is another business."""
    return {"business": ""} if "merchant" in known else {}


def advance(context: Context, topic: Topic, answers: Answers) -> Reply:
    """Go on with answers that came another way (a picture, a voice note)."""
    return _go_on(context, topic, proceed(topic.steps, answers), answers)


def _go_on(context: Context, topic: Topic, next: Turn, before: Answers, lead: str = "") -> Reply:
    if next.state == "submit":
        outbox.drop_for(context.tx, context.sender, parcel.Topic.PICTURES)
        reply = topic.submit(context, next.answers)
        talks.end(context.tx, context.sender)
        return reply
    if next.state == "cancel":
        talks.end(context.tx, context.sender)
        return Reply(say("talk_cancelled"))
    assert next.step is not None
    answers, offer = choices.make(context, next.step, before, next.answers)
    talks.save(context.tx, context.sender, topic.name, answers)
    remark = {
        "missing": lambda: say("talk_missing", missing=next.missing),
        "again": lambda: say("talk_again", step=next.step),
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
