"""Daily quotas of a new account and the calls about them.

Sources: doc/service/en/guide/dev/api/limit.html,
doc/offiaccount/en/Message_Management/API_Call_Limits.html.
"""

from typing import Any

from bot.simulator.errors import require
from bot.simulator.records import Ask
from bot.simulator.world import World

DAILY = {
    "token": 2_000,
    "stable_token": 500_000,
    "menu/create": 1_000,
    "menu/get": 10_000,
    "menu/delete": 1_000,
    "tags/create": 1_000,
    "tags/get": 1_000,
    "tags/update": 1_000,
    "tags/members/batchtagging": 100_000,
    "tags/members/batchuntagging": 100_000,
    "media/upload": 100_000,
    "media/get": 200_000,
    "message/custom/send": 500_000,
    "message/template/send": 100_000,
    "qrcode/create": 100_000,
    "user/get": 500,
    "user/info": 5_000_000,
}
UNLISTED = 1_000_000  # no published number; openapi/quota/get must still say something
CLEARS_PER_MONTH = 10


def count(world: World, path: str) -> None:
    """Count one call. Raises Refusal 45009 when the day's quota is used up."""
    name = _counter(world, path)
    require(world.memory.counted(name) < _limit(world, path), 45009)
    world.memory.count_up(name)


def clear(world: World, ask: Ask) -> dict[str, Any]:
    """clear_quota: start the day anew, ten times a month."""
    require(ask.body.get("appid") == world.account.app_id, 40013)
    name = f"clears/{world.day()[:7]}"
    require(world.memory.counted(name) < CLEARS_PER_MONTH, 48006)
    world.memory.count_up(name)
    for path in DAILY | world.quotas:
        world.memory.drop("counter", _counter(world, path))
    return {}


def show(world: World, ask: Ask) -> dict[str, Any]:
    """openapi/quota/get: limit, used and remaining calls of one API today."""
    path = str(ask.body.get("cgi_path", "")).removeprefix("/").removeprefix("cgi-bin/")
    require(path, 40066)
    limit, used = _limit(world, path), world.memory.counted(_counter(world, path))
    return {"quota": {"daily_limit": limit, "used": used, "remain": limit - used}}


def _limit(world: World, path: str) -> int:
    return world.quotas.get(path, DAILY.get(path, UNLISTED))


def _counter(world: World, path: str) -> str:
    return f"quota/{path}/{world.day()}"


CALLS = {"clear_quota": ("POST", clear), "openapi/quota/get": ("POST", show)}
