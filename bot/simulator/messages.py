"""Custom-service messages (客服消息) and the typing notice.

Source: doc/service/en/api/customer/message/api_sendcustommessage.html.
"""

from typing import Any

from bot.simulator import windows
from bot.simulator.errors import listed, mapped, require
from bot.simulator.records import Ask, Card
from bot.simulator.world import World

TEXT_LIMIT = 2048  # bytes
TYPING_AFTER = 30  # seconds since the follower last did something

Row = dict[str, Any]


def send(world: World, ask: Ask) -> Row:
    """message/custom/send: one message inside the follower's window."""
    openid = ask.body.get("touser")
    world.follower(openid)
    kind = str(ask.body.get("msgtype", ""))
    require(kind in _SHAPES, 40008)
    bubble = _SHAPES[kind](world, mapped(ask.body.get(kind), 40008))
    windows.use(world, str(openid))
    world.memory.drop("typing", str(openid))
    world.show(str(openid), "account", how="custom", **bubble)
    return {}


def typing(world: World, ask: Ask) -> Row:
    """message/custom/typing: show that the account is writing, within 30 s of the follower's last act."""
    openid, command = ask.body.get("touser"), ask.body.get("command")
    follower = world.follower(openid)
    require(command in {"Typing", "CancelTyping"}, 45072)
    require(world.stamp() - follower["seen"] <= TYPING_AFTER, 45080)
    if command == "CancelTyping":
        world.memory.drop("typing", str(openid))
        return {}
    before = world.memory.get("typing", str(openid))
    require(before is None or before["until"] <= world.stamp(), 45081)
    world.memory.put("typing", str(openid), {"until": world.stamp() + 15})
    return {}


def is_typing(world: World, openid: str) -> bool:
    """Whether the phone shows 对方正在输入 now."""
    row = world.memory.get("typing", openid)
    return row is not None and row["until"] > world.stamp()


def card_of(raw: Row) -> Card:
    """An article card from the fields of a news message, passive or active."""
    lower = {name.lower(): str(value or "") for name, value in raw.items()}
    return Card(lower.get("title", ""), lower.get("description", ""), lower.get("picurl", ""), lower.get("url", ""))


def text_bubble(world: World, part: Row) -> Row:
    """A text's bubble. Raises Refusal 44004 (empty) or 45002 (over 2,048 bytes)."""
    content = str(part.get("content") or "")
    require(content, 44004)
    require(len(content.encode()) <= TEXT_LIMIT, 45002)
    return {"kind": "text", "text": content}


def media_bubble(world: World, part: Row) -> Row:
    """A picture's, voice's or video's bubble. Raises Refusal 40007."""
    key = str(part.get("media_id", ""))
    kind = world.media(key)["kind"]
    return {"kind": "image" if kind == "thumb" else kind, "media": key}


def _news(world: World, part: Row) -> Row:
    articles = listed(part.get("articles"), 44003)
    require(len(articles) == 1, 45008)
    require(len(str(articles[0].get("title", ""))) <= 64, 45003)
    return {"kind": "news", "articles": (card_of(articles[0]),)}


def _article(world: World, part: Row) -> Row:
    found = world.memory.rows("article", owner=str(part.get("article_id", "")))
    require(found and not found[0][1]["deleted"], 53600)
    return {"kind": "news", "articles": tuple(Card(**row["card"]) for _, row in found[:1])}


def _menu(world: World, part: Row) -> Row:
    items = listed(part.get("list"), 40035)
    choices = [{"id": str(item.get("id", "")), "content": str(item.get("content", ""))} for item in items]
    ends = {"head": str(part.get("head_content", "")), "tail": str(part.get("tail_content", ""))}
    return {"kind": "menu", "text": ends["head"], "extra": {**ends, "items": choices}}


def _card(world: World, part: Row) -> Row:
    return {"kind": "text", "text": f"[小程序] {part.get('title', '')}"}


_SHAPES = {
    "text": text_bubble,
    "image": media_bubble,
    "voice": media_bubble,
    "video": media_bubble,
    "news": _news,
    "mpnewsarticle": _article,
    "msgmenu": _menu,
    "miniprogrampage": _card,
}


def helpers(world: World, ask: Ask) -> Row:
    """customservice/getkflist: nobody answers on the platform's own desk."""
    return {"kf_list": []}


CALLS = {
    "message/custom/send": ("POST", send),
    "message/custom/typing": ("POST", typing),
    "customservice/getkflist": ("GET", helpers),
}
