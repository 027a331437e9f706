"""What people say in their own words when nothing was asked: about what they handed in, or out of politeness.

WORDS is the table: a phrase of `content/understanding/phrases.toml`, and who answers it.
"""

import re
from collections.abc import Callable, Mapping

from content.replies import say
from handlers.chat import followup, gathered, guided, human, progress, readers, verbs
from handlers.chat.context import Context, Reply
from handlers.submissions.stages import OPEN_STAGES
from handlers.understanding import phrases
from storage.chat import talk as talks
from storage.submissions.submission import Kind

_ENDING = re.compile(
    r"(?:尾号|编号|最后|后面|末尾|号码)?(?:是|为)?(\d{3,4})(?:的?那?(?:个|件|条))?(?:怎么样了?|咋样了?|进度|呢)?"
)


def spoken(context: Context) -> Reply | None:
    """The answer to a phrase, to the end of one's own number, or to a question about one's own case."""
    talk = context.under_way
    if not context.text or (talk is not None and talk.topic != gathered.TOPIC):
        return None
    meant = context.meant or phrases.within(context.text, "")
    for phrase, answer in WORDS.items():
        if phrase in meant and (reply := answer(context)) is not None:
            return reply
    if progress.is_asked_for(context.text) and context.own:
        return progress.own(context)
    return _by_ending(context)


def _by_ending(context: Context) -> Reply | None:
    """The last digits of a number of one's own."""
    found = _ENDING.fullmatch(readers.plain(context.text))
    own = [case for case in context.own if found and case.number.endswith(found[1].zfill(4))]
    return progress.one(context, own[0]) if own else None


def _resumed(context: Context) -> Reply | None:
    """继续: the talk that was left."""
    left = context.unfinished
    return guided.resume(context, left) if left is not None else None


def _withdrawn(context: Context) -> Reply | None:
    """An open complaint is asked about before it is withdrawn; a report cannot be, and that is said."""
    open = [case for case in context.own if case.stage in OPEN_STAGES]
    complaints = [case for case in open if case.kind is Kind.COMPLAINT]
    return followup.begin(context, verbs.BY_WORD["撤回"], complaints or open[:1]) if open else None


def _stopped(context: Context) -> Reply:
    """取消 with nothing under way; a talk that was left ends."""
    left = context.unfinished
    if left is not None:
        talks.end(context.tx, context.sender)
    return Reply(say("talk_cancelled" if left is not None else "nothing_open"))


def _mistaken(context: Context) -> Reply | None:
    """打错了 right after something was handed in: what is right is asked, and joins it."""
    case = context.just_handed_in
    return followup.begin(context, verbs.ADD, [case]) if case is not None else None


def _greeted(context: Context) -> Reply:
    return Reply(say("greeting", office=context.office))


def _thanked(context: Context) -> Reply:
    return Reply(say("thanks"))


def _noted(context: Context) -> Reply:
    """好的: the answer to staff who asked, else politeness."""
    return followup.replied(context) or _thanked(context)


def _finished(context: Context) -> Reply:
    """说完了: the answer to staff who asked; fragments become a report."""
    told = context.under_way
    return followup.replied(context) or (guided.resume(context, told) if told is not None else _nothing_open(context))


def _nothing_open(context: Context) -> Reply:
    case = context.just_handed_in
    return Reply(say("already_in", number=case.number) if case is not None else say("nothing_open"))


WORDS: Mapping[str, Callable[[Context], Reply | None]] = {
    "resume": _resumed,
    "withdraw": _withdrawn,
    "human": human.ask,
    "mistaken": _mistaken,
    "thanks": _thanked,
    "greeting": _greeted,
    "ack": _noted,
    "wait": _thanked,
    "stop": _stopped,
    "back": _nothing_open,
    "submit": _finished,
    "done": _finished,
}
