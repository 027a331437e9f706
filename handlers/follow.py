"""Follow and unfollow."""

from content.replies import say
from handlers import binding
from handlers.call import SILENCE, Call, Reply
from storage import evidence, follower


def followed(call: Call) -> Reply | None:
    if not call.message.kind.startswith("event:subscribe") or call.message.kind.startswith("event:subscribe_msg"):
        return None
    follower.follow(call.tx, call.message.openid)
    return Reply(say("welcome", site=call.site))


def left(call: Call) -> Reply | None:
    """Erase the profile, the unfinished talk and what was sent for it; submissions stay as the law says."""
    if call.message.kind != "event:unsubscribe":
        return None
    follower.erase(call.tx, call.sender)
    binding.leave(call)
    evidence.forget_loose_of(call.tx, call.sender)
    return SILENCE
