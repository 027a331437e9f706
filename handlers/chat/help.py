"""Help, answers from what the office has written down, and a kind word to all that nobody else takes."""

import re

from content.knowledge.index import search
from content.replies import say
from handlers.chat.context import Context, Reply


def help(context: Context) -> Reply | None:
    return Reply(say("help", office=context.office)) if context.word == "帮助" else None


def anything_else(context: Context) -> Reply:
    return Reply(say("fallback", office=context.office))


_ASKED = re.compile(r"(?:问|帮助)[\s:：,，]+(\S.*)", re.S)
"""The word must stand apart: 问题很严重 is no question put to us."""


def known_answer(text: str) -> str | None:
    """The answer to a question, and up to two further questions that may be sent back as they stand.

    None when nothing in the knowledge base fits.
    """
    found = search(text)
    return say("knowledge", entry=found[0], others=found[1:]) if found else None


def ask(context: Context) -> Reply | None:
    """问 …, 帮助 …: surely a question, so one that is not known is told what to do instead."""
    asked = _ASKED.fullmatch(context.text)
    return Reply(known_answer(asked[1]) or say("knowledge_none", office=context.office)) if asked else None
