"""Refusals as ``application/problem+json`` (RFC 9457)."""

import re

import msgspec
from flask import Response

from bot.api.schemas import Problem
from bot.web.refusals import status_of
from handlers.errors import Refused

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "请求格式不对",
    401: "需要令牌",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种方法",
    409: "现在不能这样操作",
    413: "内容太大",
    422: "内容有误",
    500: "系统出了问题",
    503: "系统暂时不可用",
}
_EXTRAS = ("field", "missing", "version")
_AT = re.compile(r" - at `\$\.?([^`]*)`$")
# What msgspec says of a body, the code it stands for, and what we say.
_COMPLAINTS = (
    (r"Object missing required field `(?P<name>[^`]*)`", "missing_field", "请填写 {name}。"),
    (r"Object contains unknown field `(?P<name>.*)`", "unknown_field", "没有“{name}”这个字段，请核对拼写。"),
    (r"Expected `str` of length <= (?P<limit>\d+)", "too_long", "{name} 最多 {limit} 个字。"),
    (r"Expected `(?P<type>[^`]*)`, got `(?P<got>[^`]*)`", "wrong_type", "{name} 的类型应为 {type}，收到的是 {got}。"),
    (r"", "invalid_field", "{name} 的值不可用。"),
)


def answer(refused: Refused) -> Response:
    """The problem document of a refusal."""
    status = status_of(refused)
    extras = {name: refused.extra[name] for name in _EXTRAS if name in refused.extra}
    problem = Problem(TITLES[status], status, refused.code, refused.text, **extras)  # type: ignore[arg-type]
    response = Response(msgspec.json.encode(problem), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="shianshao"'
    if status == 503:
        response.headers["Retry-After"] = "5"
    if "allow" in refused.extra:
        response.headers["Allow"] = str(refused.extra["allow"])
    return response


def of_decoding(error: Exception, *, query: bool = False) -> Refused:
    """What is wrong with a body or a query, in words; values are never repeated."""
    if not isinstance(error, msgspec.ValidationError):
        return Refused("malformed", "请求内容不是合法的 JSON（UTF-8）。")
    code, text, words = _complaint(str(error))
    if query and code == "wrong_type":
        code, text = "invalid_field", "{name} 的值不可用。"
    return Refused(code, text.format(**words), field=words["name"])


def _complaint(said: str) -> tuple[str, str, dict[str, str]]:
    """The code, the text and the words for it."""
    at = _AT.search(said)
    for pattern, code, text in _COMPLAINTS:
        if found := re.match(pattern, said, re.DOTALL):
            words = {"name": at[1] if at else "请求内容"} | found.groupdict()
            return code, text, words | {"name": words["name"][:80]}
    raise AssertionError("the last pattern matches everything")
