"""access_token: the two ways to get one, isolated from each other, and the check on every call; page tickets.

Sources: doc/offiaccount/Basic_Information/Get_access_token.html,
doc/service/api/base/api_getstableaccesstoken.html.
"""

import hashlib
import hmac
import secrets
from typing import Any

from bot.simulator.errors import Refusal, require
from bot.simulator.records import Ask
from bot.simulator.world import World

LIFETIME = 7200  # seconds
EARLY = 300  # stable: a new one is given out when so many seconds are left
OVERLAP = 300  # plain: the earlier one still works so many seconds after a new one was fetched
FORCED_PER_DAY = 20
FORCED_APART = 30  # seconds

Row = dict[str, Any]


def token(world: World, ask: Ask) -> Row:
    """GET token: each fetch ends the one before, after a short overlap."""
    _credentials(world, ask.query)
    return _answer(world, _issue(world, "plain", OVERLAP))


def stable_token(world: World, ask: Ask) -> Row:
    """POST stable_token: the same token while it is valid, unless force_refresh."""
    _credentials(world, ask.body)
    if ask.body.get("force_refresh"):
        _count_forced(world)
        return _answer(world, _issue(world, "stable", 0))
    row = world.memory.get("current_token", "stable")
    if row is None or row["until"] - world.stamp() <= EARLY:
        row = _issue(world, "stable", EARLY)
    return _answer(world, row)


def ticket(world: World, ask: Ask) -> Row:
    """ticket/getticket: what pages sign with to use the page script; the same while it is valid."""
    require(ask.query.get("type") == "jsapi", 40097)
    row = world.memory.get("current_token", "jsapi")
    if row is None or row["until"] <= world.stamp():
        row = {"value": secrets.token_urlsafe(64), "until": world.stamp() + LIFETIME}
        world.memory.put("current_token", "jsapi", row)
    return {"ticket": row["value"], "expires_in": row["until"] - world.stamp()}


def page_is_signed(world: World, given: Row) -> bool:
    """Whether wx.config of a page carries the signature of its address (doc/offiaccount/OA_Web_Apps/JS-SDK.html)."""
    row = world.memory.get("current_token", "jsapi")
    if row is None or row["until"] <= world.stamp() or given.get("appId") != world.account.app_id:
        return False
    names = {"jsapi_ticket": row["value"], "noncestr": given.get("nonceStr")}
    names |= {"timestamp": given.get("timestamp"), "url": given.get("url")}
    signed = "&".join(f"{name}={names[name]}" for name in sorted(names))
    expected = hashlib.sha1(signed.encode()).hexdigest()  # noqa: S324 - the platform's own choice
    return hmac.compare_digest(expected, str(given.get("signature", "")))


def check(world: World, value: str) -> None:
    """Let a call with this token through. Raises Refusal 41001, 40014, 40001 or 42001."""
    require(value, 41001)
    row = world.memory.get("token", value)
    if row is None:
        raise Refusal(40014)
    require(world.stamp() < row["replaced"], 40001)
    require(world.stamp() < row["until"], 42001)


def _credentials(world: World, given: Row) -> None:
    require(given.get("grant_type") == "client_credential", 40002)
    require(given.get("appid"), 41002)
    require(given.get("secret"), 41004)
    require(given["appid"] == world.account.app_id, 40013)
    require(given["secret"] == world.account.app_secret, 40125)


def _issue(world: World, way: str, overlap: int) -> Row:
    now = world.stamp()
    before = world.memory.get("current_token", way)
    if before is not None:
        ended = {**before, "replaced": min(before["replaced"], now + overlap)}
        world.memory.put("token", before["value"], ended)
    value = f"{now % 97}_{secrets.token_urlsafe(96)}"
    row = {"value": value, "until": now + LIFETIME, "replaced": now + 2**31}
    world.memory.put("token", value, row)
    world.memory.put("current_token", way, row)
    return row


def _answer(world: World, row: Row) -> Row:
    return {"access_token": row["value"], "expires_in": row["until"] - world.stamp()}


def _count_forced(world: World) -> None:
    name = f"forced/{world.day()}"
    require(world.memory.counted(name) < FORCED_PER_DAY, 45009)
    last = world.memory.get("forced", "last")
    require(last is None or world.stamp() - last["at"] >= FORCED_APART, 45011)
    world.memory.count_up(name)
    world.memory.put("forced", "last", {"at": world.stamp()})


CALLS = {"token": ("GET", token), "stable_token": ("POST", stable_token), "ticket/getticket": ("GET", ticket)}
