"""Help, answers from what the office has written down, and a kind word to all that nobody else takes."""

import re

from content.knowledge.index import is_listed, nearest, search
from content.replies import say
from handlers.chat import progress
from handlers.chat.context import Context, Reply

BEGINNINGS = ("", "举报", "投诉", "查", "查询")
"""Words with which a question may begin; the others say what a message is for."""
_ASKING = re.compile(
    r"[吗么呢?？]|怎么|怎样|咋|什么|啥|多少|多久|几[天时个]|哪|能不能|可不可以|是不是|有没有|会不会|要不要|行不|不[。！!]?$"
)


def help(context: Context) -> Reply:
    """帮助: what can be said here; with a question behind it, its answer."""
    return _answer(context) if context.opening.rest else Reply(say("help", office=context.office))


def anything_else(context: Context) -> Reply:
    return Reply(say("fallback", office=context.office))


def known_answer(text: str) -> str | None:
    """The answer to a question, and up to two further questions that may be sent back as they stand.

    None when nothing in the knowledge base fits.
    """
    found = search(text)
    return say("knowledge", entry=found[0], others=found[1:]) if found else None


def is_asked(text: str) -> bool:
    """Whether words ask at all: a statement is no question, whatever it is about."""
    return _ASKING.search(text) is not None


def ask(context: Context) -> Reply | None:
    """问 …, standing apart: 问题很严重 is no question put to us."""
    said = context.opening
    return _answer(context) if said.apart and said.rest else None


def _answer(context: Context) -> Reply:
    """Surely a question, so one that is not known is told what to do instead."""
    return Reply(known_answer(context.opening.rest) or unknown(context, context.opening.rest))


def unknown(context: Context, text: str) -> str:
    """What to do with a question that cannot be answered, and what may have been meant."""
    return say("knowledge_none", office=context.office, near=nearest(text))


def exactly(context: Context) -> Reply | None:
    """A question in the very words of the knowledge base: its answer, whatever else the words sound like."""
    if context.under_way or context.meant or context.opening.word not in BEGINNINGS or not is_listed(context.text):
        return None
    # Whoever has handed something in and asks when, asks about that.
    about_own = progress.is_asked_for(context.text) and context.own
    return None if about_own else Reply(known_answer(context.text) or "")
