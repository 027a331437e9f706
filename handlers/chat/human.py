"""人工: how somebody of the office is reached, and a call-back that becomes a task of staff."""

from content.replies import say
from handlers import tasks
from handlers.chat import hand_in, readers, verbs
from handlers.chat.context import Context, Reply
from handlers.clock import hours


def how(context: Context) -> str:
    """When and by which telephone people answer, and how to be called back."""
    return say("human", office=context.office, hours=hours.told(context.office, context.now))


def ask(context: Context) -> Reply:
    return Reply(how(context))


def call_back(context: Context) -> Reply | None:
    """回电, with a telephone and what it is about: a task of the case it belongs to, else of one of its own."""
    rest = context.opening.rest
    phone = readers.telephone_in(rest)
    if not phone:
        return None if rest and not context.opening.apart else Reply(say("call_back_ask"))
    case = next(iter(context.own), None) if context.just_handed_in or len(context.own) == 1 else None
    if case is None:
        case = hand_in.call_back(context, rest, phone)
    else:
        verbs.take(context, verbs.ADD, case, {"words": rest})
    tasks.ask_to_call(context.tx, context.office, case)
    return Reply(say("call_back", number=case.number, hours=hours.told(context.office, context.now)))
