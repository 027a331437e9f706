"""When and how often the account may write to a follower of its own accord.

Source: doc/service/en/api/customer/message/api_sendcustommessage.html.
"""

from datetime import timedelta
from typing import Any

from bot.simulator.errors import Refusal
from bot.simulator.records import Fields
from bot.simulator.world import World

# cause: how many messages within how long; a new cause of the same sort starts its window anew
WINDOWS = {
    "message": (5, timedelta(hours=48)),
    "menu": (3, timedelta(minutes=1)),
    "follow": (3, timedelta(minutes=1)),
    "scan": (3, timedelta(minutes=1)),
}
CAUSES = {
    "subscribe": "follow",
    "scan": "scan",
    "click": "menu",
    "scancode_push": "menu",
    "scancode_waitmsg": "menu",
}


def open_for(world: World, openid: str, fields: Fields) -> None:
    """Open the window that a message or event of the follower opens, if it opens one."""
    is_event = fields["MsgType"] == "event"
    cause = CAUSES.get(str(fields.get("Event", "")).lower()) if is_event else "message"
    now = world.stamp()
    changes: dict[str, Any] = {"seen": now}
    if cause is not None:
        left, span = WINDOWS[cause]
        windows = world.follower(openid, must_follow=False)["windows"]
        changes["windows"] = {**windows, cause: {"left": left, "until": now + int(span.total_seconds())}}
    world.change_follower(openid, **changes)


def use(world: World, openid: str) -> None:
    """Use up one message. Raises Refusal 45015 outside every window, 45047 when their counts are used."""
    windows = world.follower(openid)["windows"]
    alive = {cause: window for cause, window in windows.items() if world.stamp() < window["until"]}
    if not alive:
        raise Refusal(45015)
    usable = [cause for cause, window in alive.items() if window["left"] > 0]
    if not usable:
        raise Refusal(45047)
    soonest = min(usable, key=lambda cause: alive[cause]["until"])
    spent = {**alive[soonest], "left": alive[soonest]["left"] - 1}
    world.change_follower(openid, windows={**alive, soonest: spent})
