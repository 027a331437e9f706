"""Follow and unfollow."""

from content.replies import say
from handlers import binding, subscriptions
from handlers.call import SILENCE, Call, Reply
from storage import consent, contact, evidence, follower


def followed(call: Call) -> Reply | None:
    if not call.message.kind.startswith("event:subscribe") or call.message.kind.startswith("event:subscribe_msg"):
        return None
    follower.follow(call.tx, call.message.openid)
    return Reply(say("welcome", site=call.site))


def scanned(call: Call) -> Reply | None:
    """A follower scanned one of our codes again: say what can be done here."""
    return Reply(say("fallback", site=call.site)) if call.message.kind == "event:scan" else None


def left(call: Call) -> Reply | None:
    """Erase profile, unfinished talk, loose pictures, subscriptions, windows and consents; submissions stay."""
    if call.message.kind not in ("event:unsubscribe", "event:user_authorization_revoke"):
        return None
    follower.erase(call.tx, call.sender)
    subscriptions.leave(call)
    contact.close(call.tx, call.sender)
    consent.erase(call.tx, call.sender)
    binding.leave(call)
    evidence.forget_loose_of(call.tx, call.sender)
    return SILENCE
