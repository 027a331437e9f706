"""人工: how somebody of the office is reached, and a call-back that becomes a task of staff."""

from content.replies import say
from handlers import tasks
from handlers.chat import readers, verbs
from handlers.chat.context import Context, Reply
from handlers.clock import hours
from handlers.submissions import intake
from storage.submissions import identity as identities
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind, Submission


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
        case = _opened(context, rest, phone)
    else:
        identities.mention(context.tx, case.id, (phone,))
        verbs.take(context, verbs.ADD, case, {"words": rest})
    tasks.ask_to_call(context.tx, context.office, case)
    return Reply(say("call_back", number=case.number, hours=hours.told(context.office, context.now)))


def _opened(context: Context, about: str, phone: str) -> Submission:
    draft = Draft(
        kind=Kind.REPORT,
        stage="triage",
        category="other",
        received_at=context.now,
        description=f"请求人工回电：{about}",
        named=True,
    )
    identity = Identity(openid=context.message.openid, phone=phone)
    return intake.receive(context.tx, context.office, draft, identity, actor="citizen")
