"""Fragments: people tell a story in several short messages. What says nothing by itself is kept, and read together with
what comes next, until the whole says what it is.
"""

from collections.abc import Callable

from content.replies import say
from handlers.chat.context import Context, Reply
from storage.chat import talk as talks

TOPIC = "gathered"
PATIENT = 3
"""Fragments after which the whole is a report, whatever it seems to be: somebody wants to tell something."""
Understand = Callable[[Context], Reply | None]


def keep(context: Context) -> Reply:
    """Keep a fragment until more comes."""
    talks.save(context.tx, context.sender, TOPIC, {"problem": context.text}, openid=context.message.openid)
    return Reply(say("gathered"))


def whole(context: Context) -> Context:
    """The message with the fragments before it."""
    talk = context.under_way
    if talk is None or talk.topic != TOPIC or not context.text:
        return context
    return context.with_text(f"{talk.answers['problem']}\n{context.text}")


def is_enough(context: Context) -> bool:
    """Whether so many fragments came that they must be a report."""
    return context.text.count("\n") + 1 >= PATIENT
