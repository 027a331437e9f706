"""Danger to a person now: one event of one person is one urgent case, the officer on duty is called, and the answer
says first whom to ring. Where danger is possible but not said, one question tells (`doubts`).
"""

from content.replies import say
from content.understanding.danger import FIRST_AID
from handlers.chat import conduct, doubts, hand_in, verbs
from handlers.chat.context import Context, Reply
from handlers.notices import alarms
from handlers.submissions import intake
from handlers.understanding.danger import Level
from handlers.understanding.recognition import Recognition
from storage.submissions import submission
from storage.submissions.submission import Kind, Submission

AMBULANCE = "120"


def heard(context: Context) -> Reply | None:
    """Words that tell of danger, whatever was asked; None when they do not."""
    if not context.text or context.word or context.is_labelled:
        return None
    danger, case = context.recognition.danger, context.just_handed_in
    if danger.level is Level.CERTAIN:
        return emergency(context)
    known = doubts.DANGER in context.settled or (case is not None and case.alarmed_at)
    if danger.level is Level.NONE or context.meant or known:
        return None
    return doubts.ask(context, doubts.DANGER, say("doubt_danger", call=danger.number or AMBULANCE))


def emergency(context: Context) -> Reply:
    """Joined to the case of the same event; else a case of its own, with what a talk under way knows already."""
    found, case = context.recognition, context.just_handed_in
    if case is not None and not _is_another(found, case):
        return joined(context, case)
    apart = conduct.means_official(context)
    if apart:
        conduct.keep(context)
    stored = hand_in.emergency(context, found, words=say("threat_apart") if apart else context.text)
    known = bool(stored.merchant or stored.address)
    minutes = context.office.alarm_minutes
    return Reply(say("emergency", number=stored.number, known=known, minutes=minutes, **_help(found)), apart=apart)


def joined(context: Context, case: Submission) -> Reply:
    """Further words on an event that is known; what was no emergency yet becomes one."""
    found = context.recognition
    apart = conduct.means_official(context)
    if apart:
        conduct.keep(context)
    verbs.take(context, verbs.ADD, case, {"words": say("threat_apart") if apart else context.text})
    complete(context, case)
    if case.urgency < intake.DANGER or case.kind is Kind.COMPLAINT:
        case = submission.get(context.tx, case.number)
        submission.raise_urgency(context.tx, case.id, intake.DANGER, (*case.reasons, *found.danger.reasons))
        case = submission.get(context.tx, case.number)
    alarms.raise_alarm(context.tx, context.office, case)
    return Reply(say("emergency_joined", number=case.number, **_help(found)), apart=apart)


def complete(context: Context, case: Submission) -> None:
    """The shop and the place of a case, when they are told only now."""
    found = context.recognition
    told = {"merchant": found.merchant, "address": found.place}
    intake.complete(context.tx, context.office, submission.get(context.tx, case.number), told)


def quietly(context: Context) -> Submission:
    """Store what may be danger for the desk, urgent, without a call: nobody has said that it is one."""
    return hand_in.emergency(context, context.recognition, words=context.text, calls=False)


def _help(found: Recognition) -> dict[str, str]:
    """Whom to ring, and the one line of first aid that helps meanwhile."""
    aid = FIRST_AID.get(found.danger.kind)
    return {"call": found.danger.number or AMBULANCE, "first_aid": aid.line if aid else ""}


def _is_another(found: Recognition, case: Submission) -> bool:
    """Another business than that of the case, both by name."""
    return bool(
        found.merchant and case.merchant and found.merchant not in case.merchant and case.merchant not in found.merchant
    )
