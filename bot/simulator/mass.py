"""Mass sending (群发): whom, how often, and never the same thing twice.

Sources: doc/offiaccount/Message_Management/Batch_Sends_and_Originality_Checks.html,
doc/service/en/guide/product/message/Batch_Sends.html.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any

from bot.simulator import articles
from bot.simulator.drafts import draft_of, take_out
from bot.simulator.errors import Refusal, listed, mapped, require
from bot.simulator.messages import media_bubble, text_bubble
from bot.simulator.people import tag_of, tagged
from bot.simulator.records import Ask, Card
from bot.simulator.world import World

KEY_BYTES = 32  # of clientmsgid
SAME_MESSAGE = int(timedelta(hours=24).total_seconds())
MONTHLY = 4  # mass messages one follower of a service account receives in a calendar month
DAILY = {"subscription": 1, "service": 100}  # accepted calls a day
KINDS = ("mpnews", "text", "image", "voice", "mpvideo")
OPENIDS = (2, 10_000)
SENT = "send success"

Row = dict[str, Any]


def send_to_all(world: World, ask: Ask) -> Row:
    """message/mass/sendall: to everyone or one tag, of which the caller must say which."""
    scope = mapped(ask.body.get("filter"), 40152)
    everyone = scope.get("is_to_all") is True
    require(everyone or scope.get("tag_id") is not None, 40152)
    tag = None if everyone else tag_of(world, scope["tag_id"], 40152)["id"]
    return _send(world, ask.body, {"everyone": everyone, "tag": tag})


def send_to_list(world: World, ask: Ask) -> Row:
    """message/mass/send: to a list of 2 to 10,000 OpenIDs; service accounts only."""
    require(world.account.kind == "service", 48001)
    openids = listed(ask.body.get("touser"), 40032)
    require(OPENIDS[0] <= len(openids) <= OPENIDS[1], 40032)
    return _send(world, ask.body, {"openids": openids})


def get(world: World, ask: Ask) -> Row:
    """message/mass/get: SENDING, SEND_SUCCESS, SEND_FAIL or DELETE."""
    job = _job(world, ask)
    return {"msg_id": job["msg_id"], "msg_status": job["status"]}


def preview(world: World, ask: Ask) -> Row:
    """message/mass/preview: to one follower (`towxname` is a phone's name) at once; the draft stays."""
    openid = ask.body.get("touser") or world.openid(str(ask.body.get("towxname", "")))
    world.follower(openid)
    content = _content(world, ask.body)
    bubble = content["bubble"]
    if content["draft"]:
        owner = f"preview-{world.memory.count_up('preview')}"
        cards = articles.release(world, draft_of(world, content["draft"]), owner)
        bubble = {"kind": "news", "articles": tuple(cards)}
    world.show(str(openid), "account", how="preview", **bubble)
    return {}


def delete(world: World, ask: Ask) -> Row:
    """message/mass/delete: takes the article down for everyone who received it."""
    job = _job(world, ask)
    articles.delete(world, job["owner"], int(ask.body.get("article_idx") or 0))
    if not ask.body.get("article_idx"):
        world.memory.put("mass", str(job["msg_id"]), {**job, "status": "DELETE"})
    return {}


def finish(world: World, job: Row, outcome: str) -> Row:
    """Deliver a mass message (unless an outcome says how it fails); the MASSSENDJOBFINISH event."""
    found = world.memory.get("mass", job["number"]) or {}
    status = outcome or SENT
    cards = articles.release(world, found, found["owner"]) if status == SENT and found["articles"] else []
    sent = _deliver(world, found, cards) if status == SENT else 0
    total = len(found["to"])
    ended = "SEND_SUCCESS" if status == SENT else "SEND_FAIL"
    world.memory.put("mass", job["number"], {**found, "status": ended})
    items = [{"ArticleIdx": number, "ArticleUrl": card.url} for number, card in enumerate(cards, 1)]
    return {
        "FromUserName": world.openid("mass helper"),
        "MsgType": "event",
        "Event": "MASSSENDJOBFINISH",
        "MsgID": found["msg_id"],
        "Status": status,
        "TotalCount": total,
        "FilterCount": total,
        "SentCount": sent,
        "ErrorCount": total - sent,
        "CopyrightCheckResult": {"Count": 0, "ResultList": {}, "CheckState": 1},
        "ArticleUrlResult": {"Count": len(items), "ResultList": {"item": items}},
    }


def _send(world: World, body: Row, scope: Row) -> Row:
    key = str(body.get("clientmsgid") or "")
    require(len(key.encode()) <= KEY_BYTES, 45067)
    _refuse_repeat(world, key or _default_key(world, body, scope))
    content = _content(world, body)
    counter = f"mass/{world.day()}"
    require(world.memory.counted(counter) < DAILY[world.account.kind], 45028)
    world.memory.count_up(counter)
    key = key or _default_key(world, body, scope)
    number = world.memory.count_up("mass")
    draft = draft_of(world, content["draft"]) if content["draft"] else {"articles": []}
    job = {
        "msg_id": 1_000_000_000 + number,
        "msg_data_id": 2_247_490_000 + number,
        "status": "SENDING",
        "owner": f"mass-{number}",
        "to": _audience(world, scope),
        "bubble": content["bubble"],
        "articles": draft["articles"],
    }
    take_out(world, content["draft"])
    world.memory.put("mass", str(job["msg_id"]), job)
    sent = {"msg_id": job["msg_id"], "msg_data_id": job["msg_data_id"]}
    world.memory.put("mass_key", key, {**sent, "until": world.stamp() + SAME_MESSAGE})
    world.start("mass", str(job["msg_id"]), {"number": str(job["msg_id"])})
    return sent if content["draft"] else {"msg_id": job["msg_id"]}


def _refuse_repeat(world: World, key: str) -> None:
    before = world.memory.get("mass_key", key)
    if before is not None and world.stamp() < before["until"]:
        raise Refusal(45065, msg_id=before["msg_id"], msg_data_id=before["msg_data_id"])


def _default_key(world: World, body: Row, scope: Row) -> str:
    """Without a clientmsgid the platform tells repeats by scope and content."""
    kind = str(body.get("msgtype"))
    part: Any = body.get(kind)
    draft = world.memory.get("draft", str(part.get("media_id"))) if isinstance(part, dict) else None
    content = draft["articles"] if draft else part
    raw = json.dumps([scope, kind, content], sort_keys=True)
    return hashlib.sha256(raw.encode()).hexdigest()


def _content(world: World, body: Row) -> Row:
    """What is to be sent: a draft's media id, or the bubble of anything else."""
    kind = str(body.get("msgtype", ""))
    require(kind in KINDS, 40008)
    part = mapped(body.get("images" if kind == "image" and "images" in body else kind), 40008)
    if kind == "mpnews":
        draft_of(world, part.get("media_id"))
        return {"draft": str(part["media_id"]), "bubble": None}
    if kind == "text":
        return {"draft": "", "bubble": text_bubble(world, part)}
    keys = part.get("media_ids") or [part.get("media_id")]
    return {"draft": "", "bubble": media_bubble(world, {"media_id": keys[0]})}


def _audience(world: World, scope: Row) -> list[str]:
    if "openids" in scope:
        following = {openid for openid, _ in world.followers()}
        return [openid for openid in scope["openids"] if openid in following]
    if scope["everyone"]:
        return [openid for openid, _ in world.followers()]
    return tagged(world, scope["tag"])


def _deliver(world: World, job: Row, cards: list[Card]) -> int:
    bubble = {"kind": "news", "articles": tuple(cards)} if cards else job["bubble"]
    reached = [openid for openid in job["to"] if _may_receive(world, openid)]
    for openid in reached:
        world.memory.count_up(_received(world, openid))
        world.show(openid, "account", how="mass", **bubble)
    return len(reached)


def _may_receive(world: World, openid: str) -> bool:
    if not world.follower(openid, must_follow=False)["followed"]:
        return False
    return world.account.kind != "service" or world.memory.counted(_received(world, openid)) < MONTHLY


def _received(world: World, openid: str) -> str:
    return f"received/{openid}/{world.day()[:7]}"


def _job(world: World, ask: Ask) -> Row:
    found = world.memory.get("mass", str(ask.body.get("msg_id", "")))
    if found is None:
        raise Refusal(40035)
    return found


def speed(world: World, ask: Ask) -> Row:
    """message/mass/speed/get: how fast mass messages go out, 0 (800,000 a minute) to 4."""
    return {"speed": 3, "realspeed": 15}


CALLS = {
    "message/mass/speed/get": ("POST", speed),
    "message/mass/sendall": ("POST", send_to_all),
    "message/mass/send": ("POST", send_to_list),
    "message/mass/get": ("POST", get),
    "message/mass/preview": ("POST", preview),
    "message/mass/delete": ("POST", delete),
}
FINISHES = {"mass": finish}
