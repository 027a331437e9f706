"""Help, and a helpful answer to all that no other handler takes."""

from content.replies import say
from handlers import talk
from handlers.chat.context import SILENCE, Call, Reply
from handlers.guided import TOPICS


def help(call: Call) -> Reply | None:
    return Reply(say("help", site=call.site)) if call.word == "帮助" else None


def silent_event(call: Call) -> Reply | None:
    """Events that ask for no answer, known or unknown: they are kept, and that is all."""
    return SILENCE if call.message.kind.startswith("event:") and not call.text else None


def go_on_talking(call: Call) -> Reply | None:
    """The next answer of a talk under way."""
    under_way = call.under_way
    if under_way is None:
        return None
    return talk.take(call, TOPICS[under_way.topic], under_way.answers)


def anything_else(call: Call) -> Reply:
    return Reply(say("fallback", site=call.site))
