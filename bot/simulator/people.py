"""Tags, followers and scannable codes.

Sources: doc/offiaccount/User_Management/User_Tag_Management.html,
doc/offiaccount/User_Management/Get_users_basic_information_UnionID.html,
doc/offiaccount/Account_Management/Generating_a_Parametric_QR_Code.html.
"""

from typing import Any

from bot.simulator.errors import Refusal, listed, require
from bot.simulator.records import Ask
from bot.simulator.world import World, digest

SYSTEM_TAGS = {0, 1, 2}
TAGS = 100  # per account
TAGS_EACH = 20  # per follower
NAME = 30  # characters
BATCH = 50  # OpenIDs per tagging call
PAGE = 10_000  # OpenIDs per list

Row = dict[str, Any]


def tag_of(world: World, number: object, unknown: int = 45159) -> Row:
    """A tag by its number. Raises Refusal with the code `unknown`."""
    found = world.memory.get("tag", str(number))
    if found is None:
        raise Refusal(unknown)
    return found


def tagged(world: World, number: int) -> list[str]:
    """The OpenIDs of the followers who have the tag."""
    return [openid for openid, value in world.followers() if number in value["tags"]]


def create_tag(world: World, ask: Ask) -> Row:
    """tags/create."""
    name = _name(world, ask, None)
    require(len(world.memory.rows("tag")) < TAGS, 45056)
    tag = {"id": 99 + world.memory.count_up("tag"), "name": name}
    world.memory.put("tag", str(tag["id"]), tag)
    return {"tag": tag}


def list_tags(world: World, ask: Ask) -> Row:
    """tags/get, with how many followers each has."""
    return {"tags": [{**tag, "count": len(tagged(world, tag["id"]))} for _, tag in world.memory.rows("tag")]}


def rename_tag(world: World, ask: Ask) -> Row:
    """tags/update."""
    tag = _changeable(world, ask)
    world.memory.put("tag", str(tag["id"]), {**tag, "name": _name(world, ask, tag["id"])})
    return {}


def delete_tag(world: World, ask: Ask) -> Row:
    """tags/delete: the tag leaves its followers too."""
    tag = _changeable(world, ask)
    for openid in tagged(world, tag["id"]):
        _set_tag(world, openid, tag["id"], False)
    world.memory.drop("tag", str(tag["id"]))
    return {}


def add_to_tag(world: World, ask: Ask) -> Row:
    """tags/members/batchtagging."""
    return _change_members(world, ask, True)


def take_from_tag(world: World, ask: Ask) -> Row:
    """tags/members/batchuntagging."""
    return _change_members(world, ask, False)


def tags_of(world: World, ask: Ask) -> Row:
    """tags/getidlist: the tags of one follower."""
    return {"tagid_list": world.follower(ask.body.get("openid"))["tags"]}


def members(world: World, ask: Ask) -> Row:
    """user/tag/get: the followers of one tag."""
    tag = tag_of(world, ask.body.get("tagid"))
    return _page(tagged(world, tag["id"]), str(ask.body.get("next_openid", "")))


def info(world: World, ask: Ask) -> Row:
    """user/info: little more than whether and since when someone follows."""
    openid = ask.query.get("openid", "")
    follower = world.follower(openid, must_follow=False)
    if not follower["followed"]:
        return {"subscribe": 0, "openid": openid}
    return {
        "subscribe": 1,
        "openid": openid,
        "language": "zh_CN",
        "subscribe_time": follower["since"],
        "remark": "",
        "groupid": 0,
        "tagid_list": follower["tags"],
        "subscribe_scene": "ADD_SCENE_SEARCH",
    }


def list_followers(world: World, ask: Ask) -> Row:
    """user/get: all followers, a page at a time."""
    everyone = [openid for openid, _ in world.followers()]
    return {"total": len(everyone), **_page(everyone, ask.query.get("next_openid", ""))}


def create_code(world: World, ask: Ask) -> Row:
    """qrcode/create: a ticket for a scene; scanning is an event that the phone sends."""
    require(ask.body.get("action_name") and ask.body.get("action_info"), 40035)
    ticket = digest("ticket", str(ask.body), str(world.stamp()), size=43)
    answer: Row = {"ticket": ticket, "url": f"http://weixin.qq.com/q/{ticket[:20]}"}
    if "LIMIT" not in str(ask.body["action_name"]):
        answer["expire_seconds"] = int(ask.body.get("expire_seconds", 60))
    return answer


def _name(world: World, ask: Ask, own: int | None) -> str:
    name = str((ask.body.get("tag") or {}).get("name", ""))
    require(1 <= len(name) <= NAME, 45158)
    taken = {tag["name"] for _, tag in world.memory.rows("tag") if tag["id"] != own}
    require(name not in taken, 45157)
    return name


def _changeable(world: World, ask: Ask) -> Row:
    number = (ask.body.get("tag") or {}).get("id")
    require(number not in SYSTEM_TAGS, 45058)
    return tag_of(world, number)


def _change_members(world: World, ask: Ask, on: bool) -> Row:
    tag = tag_of(world, ask.body.get("tagid"))
    openids = listed(ask.body.get("openid_list"), 40032)
    require(len(openids) <= BATCH, 40032)
    for openid in openids:
        held = world.follower(openid)["tags"]
        require(not on or tag["id"] in held or len(held) < TAGS_EACH, 45059)
    for openid in openids:
        _set_tag(world, openid, tag["id"], on)
    return {}


def _set_tag(world: World, openid: str, number: int, on: bool) -> None:
    held = [tag for tag in world.follower(openid)["tags"] if tag != number]
    world.change_follower(openid, tags=[*held, number] if on else held)


def _page(openids: list[str], after: str) -> Row:
    start = openids.index(after) + 1 if after in openids else 0
    page = openids[start : start + PAGE]
    answer: Row = {"count": len(page), "next_openid": page[-1] if page else ""}
    return answer | ({"data": {"openid": page}} if page else {})


CALLS = {
    "tags/create": ("POST", create_tag),
    "tags/get": ("GET", list_tags),
    "tags/update": ("POST", rename_tag),
    "tags/delete": ("POST", delete_tag),
    "tags/members/batchtagging": ("POST", add_to_tag),
    "tags/members/batchuntagging": ("POST", take_from_tag),
    "tags/getidlist": ("POST", tags_of),
    "user/tag/get": ("POST", members),
    "user/info": ("GET", info),
    "user/get": ("GET", list_followers),
    "qrcode/create": ("POST", create_code),
}
