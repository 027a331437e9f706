"""From a message to its answer."""

from content.replies import LIMIT_BYTES, fit, say
from handlers.chat.context import Context, Reply
from handlers.chat.guided import TOPICS
from handlers.chat.message import Message
from handlers.chat.route import Table
from handlers.chat.routes import ROUTES
from handlers.notices import channels, telling
from handlers.office import Office
from storage.chat import talk as talks
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


def answer(tx: Tx, office: Office, message: Message) -> Reply:
    """The passive reply to a message, at most 2,047 bytes; all that follows from it is written through `tx`.

    Notices that found no open way to this person go along, as far as they fit; the others are tried again, as
    are all when there is no answer but a way has opened. What does not fit of the answer waits as a notice.
    """
    context = Context(tx, office, message, TABLE.vocabulary)
    cause = _cause(message)
    if cause:
        channels.note_contact(tx, context.sender, cause)
    spoken = not message.kind.startswith("event:") or bool(context.text)
    lead = [_expire(context)] if spoken else []
    reply = TABLE.take(context)
    if reply.text:
        room = LIMIT_BYTES - sum(len(text.encode()) + 2 for text in (*lead, reply.text))
        lead += telling.take_along(tx, context.sender, room)
    elif cause:
        outbox.wake(tx, context.sender)
    first, rest = fit("\n\n".join(part for part in (*lead, reply.text) if part))
    if rest:
        telling.put(tx, Subject(Topic.ANSWER, tx.new_id()), openid=message.openid, text=rest)
    return Reply(first, reply.apart)


def _cause(message: Message) -> str:
    """Which window the message opens; '' when it opens none."""
    return CAUSES.get(message.kind, "") if message.kind.startswith("event:") else "message"


def _expire(context: Context) -> str:
    """End a talk that lay too long, politely; what was just said is treated as new."""
    under_way = talks.of(context.tx, context.sender)
    if under_way is None or under_way.updated_at >= context.now - context.office.talk_window:
        return ""
    talks.end(context.tx, context.sender)
    return say("talk_expired", topic=TOPICS[under_way.topic])
