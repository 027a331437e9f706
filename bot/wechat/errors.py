"""What goes wrong at the platform, in words for the operator: never with a token, a secret or an openid in them.

Source of the codes: developers.weixin.qq.com, "全局返回码"; sorted in content/platform.toml.
"""

import re
import ssl
from collections.abc import Iterator, Mapping
from typing import Any

import requests
from urllib3.exceptions import NewConnectionError
from wechatpy.exceptions import WeChatClientException

from bot.errors import BotError
from content.platform import TEXTS, VERDICTS

IP_NOT_LISTED = 40164
QUOTED = 200
"""Characters of the platform's own words that are passed on."""
# Long enough for an openid (28) and the app secret (32); the number of a request (rid) is what support asks for.
_SECRET = re.compile(r"(?<![\w-])(?<!rid: )(?<!rid:)[\w-]{24,}")
_REFUSED_IP = re.compile(r"invalid ip ([0-9a-fA-F.:]+)")


class PlatformError(BotError):
    """A call failed. `verdict` says what to do; `unknown` that the platform may have done it all the same.

    `sign` is what failures are counted by: the code, or a word where the platform said none.
    """

    def __init__(
        self, verdict: str, text: str, *, sign: str, code: int = 0, unknown: bool = False, msg_id: str = ""
    ) -> None:
        super().__init__(text)
        self.verdict = verdict
        self.sign = sign
        self.code = code
        self.unknown = unknown
        self.msg_id = msg_id


def classified(error: Exception) -> PlatformError:
    """What went wrong, without the URL: it carries the token, or the secret."""
    if isinstance(error, PlatformError):
        return error
    if isinstance(error, WeChatClientException):
        return _refused(error) if error.errcode is not None else _http(error)
    if isinstance(error, requests.RequestException):
        return _unreached(error)
    text = f"微信接口的回答缺少应有的内容（{type(error).__name__}）"
    return PlatformError("again", text, sign="incomplete", unknown=True)


def _refused(error: WeChatClientException) -> PlatformError:
    code, answer = int(error.errcode), _answer(error)
    theirs = _theirs(answer)
    text = f"{TEXTS.get(code, '微信返回未列入对照表的错误')}（{code}）"
    if code == IP_NOT_LISTED and (address := _REFUSED_IP.search(theirs)):
        text += f"：请在公众平台的IP白名单中加入 {address[1]}"
    return PlatformError(
        VERDICTS.get(code, "content"),
        f"{text}。微信原文：{theirs}" if theirs else text,
        sign=str(code),
        code=code,
        unknown=code == -1,
        msg_id=str(answer.get("msg_id") or answer.get("msgid") or ""),
    )


def _answer(error: WeChatClientException) -> Mapping[str, Any]:
    try:
        answer = error.response.json()
    except (AttributeError, ValueError):
        return {}
    return answer if isinstance(answer, Mapping) else {}


def _theirs(answer: Mapping[str, Any]) -> str:
    """The platform's own words, on one line, without anything long enough to be a secret."""
    words = " ".join(str(answer.get("errmsg") or "").split())
    return _SECRET.sub("…", words)[:QUOTED]


def _http(error: WeChatClientException) -> PlatformError:
    status = error.response.status_code if error.response is not None else 0
    return PlatformError("again", f"微信接口返回HTTP {status}", sign=f"http_{status}", unknown=True)


def _unreached(error: requests.RequestException) -> PlatformError:
    causes = list(_causes(error))
    if untrusted := next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None):
        text = f"微信接口的证书通不过核验（{untrusted.verify_message}）：请检查系统时钟、根证书和出口代理"
        return PlatformError("again", text, sign="tls")
    if isinstance(error, requests.exceptions.SSLError):
        text = "与微信接口的加密连接（TLS）没有建立或中途断开：请检查出口防火墙和代理"
        return PlatformError("again", text, sign="tls", unknown=True)
    if isinstance(error, requests.ConnectTimeout) or any(isinstance(cause, NewConnectionError) for cause in causes):
        return PlatformError("again", "连不上微信接口", sign="unreachable")
    return PlatformError("again", "微信接口没有及时回答", sign="silent", unknown=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it wraps: requests and urllib3 keep the cause among the arguments, or as `reason`."""
    yield error
    for inner in (*error.args, getattr(error, "reason", None)):
        if isinstance(inner, BaseException):
            yield from _causes(inner)
