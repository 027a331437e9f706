"""Follow and unfollow."""

from content.replies import say
from handlers import subscriptions
from handlers.chat import staff
from handlers.chat.context import SILENCE, Call, Reply
from handlers.submissions.procedure import OPEN_STAGES
from storage import consent, contact, evidence, follower, pending, submission


def followed(call: Call) -> Reply | None:
    if not call.message.kind.startswith("event:subscribe") or call.message.kind.startswith("event:subscribe_msg"):
        return None
    follower.follow(call.tx, call.message.openid)
    waiting = sum(case.stage in OPEN_STAGES for case in submission.of_sender(call.tx, call.sender))
    return Reply(say("welcome", site=call.site, waiting=waiting))


def scanned(call: Call) -> Reply | None:
    """A follower scanned one of our codes again: say what can be done here."""
    return Reply(say("fallback", site=call.site)) if call.message.kind == "event:scan" else None


def left(call: Call) -> Reply | None:
    """Erase the profile and all that was unfinished, chosen or consented to; submissions stay as the law says."""
    if call.message.kind not in ("event:unsubscribe", "event:user_authorization_revoke"):
        return None
    follower.erase(call.tx, call.sender)
    pending.close(call.tx, call.sender)
    subscriptions.leave(call)
    contact.close(call.tx, call.sender)
    consent.erase(call.tx, call.sender)
    staff.leave(call)
    evidence.forget_loose_of(call.tx, call.sender)
    return SILENCE
