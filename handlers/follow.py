"""Follow and unfollow."""

from content.replies import say
from handlers.call import SILENCE, Call, Reply
from handlers.lifecycle import OPEN_STAGES
from storage import evidence, follower, pending, submission


def followed(call: Call) -> Reply | None:
    if not call.message.kind.startswith("event:subscribe") or call.message.kind.startswith("event:subscribe_msg"):
        return None
    follower.follow(call.tx, call.message.openid)
    waiting = sum(case.stage in OPEN_STAGES for case in submission.of_sender(call.tx, call.sender))
    return Reply(say("welcome", site=call.site, waiting=waiting))


def left(call: Call) -> Reply | None:
    """Erase the profile, what was unfinished and what was sent for it; submissions stay as the law says."""
    if call.message.kind != "event:unsubscribe":
        return None
    follower.erase(call.tx, call.sender)
    pending.close(call.tx, call.sender)
    evidence.forget_loose_of(call.tx, call.sender)
    return SILENCE
