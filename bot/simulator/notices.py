"""Template messages and subscription notices, consents to them, and the events that report on both.

Sources: doc/service/en/guide/product/template_message/Template_Message_Interface.html,
doc/service/en/api/notify/notify/api_sendnewsubscribemsg.html.
"""

import re
from typing import Any

from bot.simulator.errors import require
from bot.simulator.records import Ask
from bot.simulator.world import World

SAME_MESSAGE = 600  # seconds in which a client_msg_id is taken for the same message
KINDS = {
    "thing": r".{1,20}",
    "character_string": r"[!-~]{1,32}",
    "phrase": r"[\u4e00-\u9fff]{1,5}",
    "time": r"\d{4}([-/]\d{1,2}[-/]|年\d{1,2}月)\d{1,2}日?( \d{1,2}:\d{2})?(:\d{2})?",
}  # what a field takes, by its name without the number

Row = dict[str, Any]


def send_template(world: World, ask: Ask) -> Row:
    """message/template/send: certified service accounts only."""
    require(world.account.kind == "service", 48001)
    world.follower(ask.body.get("touser"))
    _check(ask.body)
    name = str(ask.body.get("client_msg_id") or "")
    before = world.memory.get("template_key", name) if name else None
    if before is not None and world.stamp() < before["until"]:
        return {"msgid": before["msgid"]}
    number = _show(world, ask.body)
    if name:
        world.memory.put("template_key", name, {"msgid": number, "until": world.stamp() + SAME_MESSAGE})
    _start(world, "template", number, ask.body)
    return {"msgid": number}


def send_subscription(world: World, ask: Ask) -> Row:
    """message/subscribe/bizsend: one consent, one notice. Refused with 43101 without a consent left."""
    openid = str(ask.body.get("touser"))
    world.follower(openid, must_follow=False)
    _check(ask.body)
    template = str(ask.body["template_id"])
    left = _consents(world, openid, template)
    require(left > 0, 43101)
    world.memory.put("consent", f"{openid}/{template}", {"left": left - 1})
    number = _show(world, ask.body)
    _start(world, "subscription", number, ask.body)
    return {}


def consent(world: World, openid: str, template: str, times: int) -> None:
    """The follower agrees to so many more notices of the template."""
    left = _consents(world, openid, template) + times
    world.memory.put("consent", f"{openid}/{template}", {"left": left})


def decide(world: World, openid: str, templates: tuple[str, ...], accept: bool) -> Row:
    """The fields of a subscribe_msg_popup_event: what the follower answered to a button of a page."""
    for template in templates if accept else ():
        consent(world, openid, template, 1)
    return _decision("subscribe_msg_popup_event", "SubscribeMsgPopupEvent", templates, accept, PopupScene="1")


def refuse(world: World, openid: str, templates: tuple[str, ...]) -> Row:
    """The fields of a subscribe_msg_change_event: the follower has stopped the notices in the settings."""
    for template in templates:
        world.memory.put("consent", f"{openid}/{template}", {"left": 0})
    return _decision("subscribe_msg_change_event", "SubscribeMsgChangeEvent", templates, False)


def _decision(event: str, holder: str, templates: tuple[str, ...], accept: bool, **more: str) -> Row:
    status = "accept" if accept else "reject"
    entries = [{"TemplateId": template, "SubscribeStatusString": status, **more} for template in templates]
    return {"MsgType": "event", "Event": event, holder: {"List": entries}}


def finish_template(world: World, job: Row, outcome: str) -> Row:
    """The TEMPLATESENDJOBFINISH event."""
    return {
        "FromUserName": job["openid"],
        "MsgType": "event",
        "Event": "TEMPLATESENDJOBFINISH",
        "MsgID": job["msgid"],
        "Status": outcome or "success",
    }


def finish_subscription(world: World, job: Row, outcome: str) -> Row:
    """The subscribe_msg_sent_event; an outcome is its error status."""
    entry = {
        "TemplateId": job["template"],
        "MsgID": str(job["msgid"]),
        "ErrorCode": 1 if outcome else 0,
        "ErrorStatus": outcome or "success",
    }
    return {
        "FromUserName": job["openid"],
        "MsgType": "event",
        "Event": "subscribe_msg_sent_event",
        "SubscribeMsgSentEvent": {"List": entry},
    }


def _check(body: Row) -> None:
    require(body.get("template_id"), 40037)
    data = body.get("data")
    require(isinstance(data, dict) and data, 47003)
    for name, field in body["data"].items():
        require(isinstance(field, dict) and "value" in field, 47003)
        require(re.fullmatch(KINDS.get(name.rstrip("0123456789"), ".*"), str(field["value"])), 47003)


def _consents(world: World, openid: str, template: str) -> int:
    row = world.memory.get("consent", f"{openid}/{template}")
    return 0 if row is None else int(row["left"])


def _show(world: World, body: Row) -> int:
    lines = "\n".join(str(field["value"]) for field in body["data"].values())
    address = str(body.get("url") or body.get("page") or "")
    world.show(str(body["touser"]), "account", "notice", how="notice", text=lines, extra={"url": address})
    return 3_000_000_000 + world.memory.count_up("notice")


def _start(world: World, kind: str, number: int, body: Row) -> None:
    job = {"openid": body["touser"], "msgid": number, "template": body["template_id"]}
    world.start(kind, str(number), job)


def templates(world: World, ask: Ask) -> Row:
    """template/get_all_private_template: none are kept here, and any id may be sent; service accounts only."""
    require(world.account.kind == "service", 48001)
    return {"template_list": []}


CALLS = {
    "template/get_all_private_template": ("GET", templates),
    "message/template/send": ("POST", send_template),
    "message/subscribe/bizsend": ("POST", send_subscription),
}
FINISHES = {"template": finish_template, "subscription": finish_subscription}
