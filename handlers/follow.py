"""Follow and unfollow."""

from content.replies import say
from handlers.call import SILENCE, Call, Reply
from storage import consent, contact, evidence, follower


def followed(call: Call) -> Reply | None:
    if not call.message.kind.startswith("event:subscribe") or call.message.kind.startswith("event:subscribe_msg"):
        return None
    follower.follow(call.tx, call.message.openid)
    return Reply(say("welcome", site=call.site))


def left(call: Call) -> Reply | None:
    """Erase the profile, the unfinished talk with what was sent for it, windows and consents; submissions stay."""
    if call.message.kind != "event:unsubscribe":
        return None
    follower.erase(call.tx, call.sender)
    contact.close(call.tx, call.sender)
    consent.erase(call.tx, call.sender)
    evidence.forget_loose_of(call.tx, call.sender)
    return SILENCE
