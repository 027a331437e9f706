"""The platform's return codes and the exception that carries one to the caller."""

import secrets
from typing import Any

MESSAGES: dict[int, str] = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest, could get access_token by"
    " getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40004: "invalid media type",
    40005: "invalid file type",
    40006: "invalid media size",
    40007: "invalid media_id",
    40008: "invalid message type",
    40009: "invalid image size",
    40013: "invalid appid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40023: "invalid sub button size",
    40024: "invalid sub button type",
    40025: "invalid sub button name size",
    40026: "invalid sub button key size",
    40027: "invalid sub button url size",
    40032: "invalid openid list size",
    40033: "invalid charset. please check your request, if include \\uxxxx will create fail!",
    40035: "invalid parameter",
    40037: "invalid template_id",
    40054: "invalid sub button url domain",
    40055: "invalid button url domain",
    40066: "invalid url",
    40125: "invalid appsecret",
    40097: "invalid args",
    40132: "invalid weixin id",
    40164: "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist",
    40243: "appsecret is frozen",
    40152: "invalid tag_id",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    41005: "media data missing",
    41006: "media_id missing",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    43004: "require subscribe",
    43101: "user refuse to accept the msg",
    44002: "empty post data",
    44003: "empty news data",
    44004: "empty content",
    45002: "content size out of limit",
    45003: "title size out of limit",
    45004: "description size out of limit",
    45005: "url size out of limit",
    45008: "article size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45028: "has no masssend quota",
    45047: "out of response count limit",
    45056: "too many tag now, no need to add new",
    45058: "can't modify sys tag",
    45059: "can not add more tags to a user",
    45065: "clientmsgid exist",
    45066: "same clientmsgid retry too fast",
    45067: "clientmsgid size out of limit",
    45072: "invalid command",
    45080: "can't send typing, need user interaction in last 30s",
    45081: "typing is already set",
    45110: "author size out of limit",
    45157: "invalid tag name",
    45158: "invalid tag name size",
    45159: "invalid tag id",
    46003: "menu no exist",
    47001: "data format error",
    47003: "argument invalid",
    48001: "api unauthorized",
    48002: "user block receive message",
    48004: "api forbidden for irregularities",
    48006: "forbid to clear quota because of reaching the limit",
    49003: "not match openid with appid",
    50002: "user limited",
    53503: "draft not passed publish check",
    53504: "publish on the website only",
    53505: "save the draft by hand before publishing",
    53600: "invalid article_id",
    87014: "risky content",
    89503: "the request ip is waiting for the administrator",
    89504: "the mass send is waiting for the administrator",
    89506: "the request ip was refused by the administrator within 24 hours",
}


def answer_of(errcode: int, **extra: Any) -> dict[str, Any]:
    """The answer's body for a return code, with the platform's text and a request id (rid)."""
    text = MESSAGES.get(errcode, "refused")
    return {"errcode": errcode, "errmsg": f"{text} rid: {_rid()}", **extra}


def _rid() -> str:
    return "-".join(secrets.token_hex(4) for _ in range(3))


class Refusal(Exception):
    """An API call that the platform refuses; `extra` goes into the answer beside the code."""

    def __init__(self, errcode: int, **extra: Any) -> None:
        super().__init__(errcode)
        self.answer = answer_of(errcode, **extra)


def listed(value: Any, errcode: int) -> list[Any]:
    """The value when it is a list with something in it. Raises Refusal with the code."""
    if not isinstance(value, list) or not value:
        raise Refusal(errcode)
    return value


def mapped(value: Any, errcode: int) -> dict[str, Any]:
    """The value when it is an object. Raises Refusal with the code."""
    if not isinstance(value, dict):
        raise Refusal(errcode)
    return value


def require(condition: object, errcode: int) -> None:
    """Refuse with the code unless the condition holds. Raises Refusal."""
    if not condition:
        raise Refusal(errcode)
