"""From a message to its answer."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from content.replies import LIMIT_BYTES, fit, marks, say
from handlers.chat import resolving
from handlers.chat.context import Context, Reply
from handlers.chat.guided import TOPICS
from handlers.chat.message import Message
from handlers.chat.route import Table
from handlers.chat.routes import ROUTES
from handlers.notices import channels, telling
from handlers.office import Office
from handlers.understanding.recognition import recognise
from storage.chat import standing as standings
from storage.chat import talk as talks
from storage.chat.standing import Standing
from storage.engine.database import Tx
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic

CAUSES = {
    "event:subscribe": "follow",
    "event:scan": "scan",
    "event:click": "menu",
    "event:scancode_push": "menu",
    "event:scancode_waitmsg": "menu",
}
"""Events that open a window, and what the window is called. Source: developers.weixin.qq.com, customer messages."""

TABLE = Table(ROUTES)


def answer(tx: Tx, office: Office, message: Message, standing: Standing | None = None) -> Reply:
    """The passive reply to a message, at most 2,047 bytes; all that follows from it is written through `tx`.

    Notices that found no open way to this person go along, as far as they fit; the others are tried again, as
    are all when there is no answer but a way has opened. What does not fit of the answer waits as a notice.
    `standing`: how things stand with the person, where that was asked already.
    """
    context = Context(tx, office, message, TABLE.vocabulary, TABLE.take, known=standing)
    cause = _cause(message)
    if cause:
        channels.note_contact(tx, context.sender, cause)
    spoken = not message.kind.startswith("event:") or bool(context.text)
    reply = TABLE.take(context)
    lead = [_left(context)] if spoken else []
    if reply.text and context.standing.held:
        room = LIMIT_BYTES - sum(len(text.encode()) + 2 for text in (*lead, reply.text))
        lead += telling.take_along(tx, context.office, context.sender, room)
    elif cause and context.standing.held:
        outbox.wake(tx, context.sender)
    whole = "\n\n".join(part for part in (*lead, reply.text) if part)
    first, rest = fit(whole if office.taps else marks.untapped(whole))
    if rest:
        telling.put(tx, Subject(Topic.ANSWER, tx.new_id()), openid=message.openid, text=rest)
    return Reply(first, reply.apart)


def read_ahead(read: Callable[[], AbstractContextManager[Tx]], office: Office, message: Message) -> None:
    """Understand a message before the one writer works on it, who finds it understood: it must not wait for that.

    What it may answer is read; a report in one message answers nothing, and a bare word is not understood but known.
    """
    text = message.text("Content").strip()
    if told := TABLE.vocabulary.opening(text).labelled:
        recognise(told.get("problem", ""))
    elif text and not TABLE.vocabulary.word(text):
        with read() as tx:
            context = Context(tx, office, message, TABLE.vocabulary, TABLE.take)
            if not context.word:
                recognise(text, context.asked)


def settle_silent(tx: Tx, office: Office) -> None:
    """Do with what was held, and asked about in vain, what silence means."""
    for held in resolving.unanswered(tx):
        message = Message(held.openid, "", "text", "", "", {"Content": held.text})
        resolving.settle_silent(Context(tx, office, message, TABLE.vocabulary, TABLE.take), held)


def _cause(message: Message) -> str:
    """Which window the message opens; '' when it opens none."""
    return CAUSES.get(message.kind, "") if message.kind.startswith("event:") else "message"


def _left(context: Context) -> str:
    """Offer a talk that lay too long to who comes back, once; what was just said was treated as new."""
    left = context.unfinished
    if left is None or context.under_way or left.rests or left.topic not in TOPICS:
        return ""
    if standings.of(context.tx, context.sender).talk != left:
        return ""
    talks.rest(context.tx, context.sender)
    return say("talk_kept", topic=TOPICS[left.topic], answers=left.answers)
