"""The answers to doubts. QUESTIONS says of each what follows when it is so, and when nobody answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from content.replies import say
from handlers.chat import alerts, conduct, doubts
from handlers.chat.context import Context, Reply
from handlers.notices import telling
from handlers.understanding.danger import Level
from storage.chat import doubt
from storage.chat import talk as talks
from storage.chat.doubt import Doubt
from storage.engine.database import Tx
from storage.notices.parcel import Subject, Topic

SILENCE = timedelta(minutes=3)
"""After so long nobody answers any more."""
AT_ONCE = 20
"""Doubts of one look, so that the messages of citizens do not wait for them."""


@dataclass(frozen=True)
class Question:
    """What becomes of the held words when it is so, and when there is no answer; which other words say that it is."""

    yes: Callable[[Context], Reply]
    silence: Callable[[Context], None]
    confirms: Callable[[Context], bool]


def _store_quietly(context: Context) -> None:
    """Silence may have a reason: the desk sees it, urgent, and the citizen learns its number."""
    stored = alerts.quietly(context)
    talks.end(context.tx, context.sender)
    telling.put(
        context.tx,
        Subject(Topic.ANSWER, context.tx.new_id()),
        openid=context.message.openid,
        text=say("doubt_stored", number=stored.number),
    )


def _seal(context: Context) -> None:
    conduct.keep(context)


def _tells_of_danger(said: Context) -> bool:
    """120已经叫了."""
    return "danger" in said.meant or said.recognition.danger.level is not Level.NONE


def _names_an_official(said: Context) -> bool:
    return said.recognition.official


QUESTIONS = {
    doubts.DANGER: Question(alerts.emergency, _store_quietly, _tells_of_danger),
    doubts.OFFICIAL: Question(conduct.letter, _seal, _names_an_official),
}


def answered(context: Context) -> Reply | None:
    """The answer to a doubt. Words that are none are read together with those held, and asked about no more."""
    held = context.standing.doubt if context.text else None
    if held is None:
        return None
    doubt.settle(context.tx, held)
    said = context.with_text(held.text, held.kind)
    both = context.with_text(f"{held.text}\n{context.text}", held.kind)
    if "no" in context.meant:  # 好了 is both, and says that it is over
        return said.again()
    if "yes" in context.meant or QUESTIONS[held.kind].confirms(context):
        return QUESTIONS[held.kind].yes(said if "yes" in context.meant else both)
    if context.word or context.is_command:
        said.again()
        return None
    return both.again()


def unanswered(tx: Tx) -> list[Doubt]:
    """Those that nobody answers any more."""
    return doubt.unanswered(tx, tx.now - SILENCE, AT_ONCE)


def settle_silent(context: Context, held: Doubt) -> None:
    """Do what silence means with the held words, of which `context` is made."""
    doubt.settle(context.tx, held)
    QUESTIONS[held.kind].silence(context)
