"""A webhook that can be taught how to answer, a clock that can be moved, and a client of the API."""

import json
import queue
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

import requests
import xmltodict
from wechatpy.crypto import WeChatCrypto

from bot.simulator import samples

TOKEN, AES_KEY, APP_ID, SECRET = "token123", "A" * 43, "wx0123456789abcdef", "s" * 32
Answer = tuple[int, bytes]


@dataclass
class Clock:
    """Simulated time that tests move by hand."""

    now: datetime = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        """Move on by a timedelta's arguments."""
        self.now += timedelta(**span)


@dataclass
class Webhook:
    """Receives pushes; `answer` decides, from the decrypted fields, what comes back."""

    mode: str = "safe"
    url: str = ""
    received: list[dict[str, Any]] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    arrivals: "queue.Queue[dict[str, Any]]" = field(default_factory=queue.Queue)
    answer: Callable[[dict[str, Any]], Answer] = lambda fields: (200, b"success")

    def take(self, query: dict[str, str], body: bytes) -> Answer:
        """Decrypt with wechatpy as the product does, remember, answer."""
        fields = xmltodict.parse(body)["xml"]
        if self.mode != "plain":
            signed = query["msg_signature"], query["timestamp"], query["nonce"]
            fields = xmltodict.parse(crypto().decrypt_message(body.decode(), *signed))["xml"]
        self.raw.append(body)
        self.queries.append(query)
        self.received.append(fields)
        self.arrivals.put(fields)
        return self.answer(fields)

    def wait_for(self, event: str) -> dict[str, Any]:
        """The next arrival of an event; what came before it is passed over."""
        passed: list[str] = []
        while True:
            try:
                fields = self.arrivals.get(timeout=30)
            except queue.Empty:
                raise AssertionError(f"{event} never came to the webhook, only {passed}") from None
            if fields.get("Event") == event:
                return fields
            passed.append(str(fields.get("Event") or fields.get("MsgType")))


def crypto() -> Any:
    return WeChatCrypto(TOKEN, AES_KEY, APP_ID)


def text_reply(fields: dict[str, Any], text: str) -> bytes:
    """An encrypted passive text in answer to a message."""
    xml = (
        f"<xml><ToUserName>{fields['FromUserName']}</ToUserName>"
        f"<FromUserName>{fields['ToUserName']}</FromUserName><CreateTime>1</CreateTime>"
        f"<MsgType>text</MsgType><Content>{escape(text)}</Content></xml>"
    )
    return crypto().encrypt_message(xml, "nonce", "1").encode()


def article(cover: str, **changes: Any) -> dict[str, Any]:
    return {"title": "曝光", "content": "<p>正文</p>", "thumb_media_id": cover, **changes}


@dataclass
class Api:
    """Calls the platform's API over HTTP with a token of its own."""

    base: str
    access_token: str = ""

    def fetch_token(self, **more: Any) -> dict[str, Any]:
        body = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET, **more}
        answer = self.post("stable_token", body)
        self.access_token = answer.get("access_token", self.access_token)
        return answer

    def post(self, path: str, body: Any = None, *, raw: bytes | None = None, **files: Any) -> dict[str, Any]:
        data = raw if raw is not None else json.dumps(body, ensure_ascii=False).encode()
        sent = {"files": files} if files else {"data": data}
        return requests.post(self._url(path), params=self._query(), timeout=5, **sent).json()

    def get(self, path: str, **query: str) -> requests.Response:
        return requests.get(self._url(path), params=self._query() | query, timeout=5)

    def upload(self, path: str, content: bytes | None = None, name: str = "a.jpg", kind: str = "image") -> Any:
        return self.post(f"{path}?type={kind}", media=(name, content or samples.photo()))

    def draft(self, cover: str, **changes: Any) -> dict[str, Any]:
        """One article in a draft of its own."""
        return self.post("draft/add", {"articles": [article(cover, **changes)]})

    def send(self, media_id: str, key: str = "k1", **scope: Any) -> dict[str, Any]:
        """A draft to everybody, or to those of a scope."""
        body = {"filter": scope or {"is_to_all": True}, "msgtype": "mpnews", "mpnews": {"media_id": media_id}}
        return self.post("message/mass/sendall", body | ({"clientmsgid": key} if key else {}))

    def tell(self, openid: str, content: str = "您好") -> int:
        """A text to one follower; returns the code of the answer."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": content}}
        return self.post("message/custom/send", body)["errcode"]

    def _url(self, path: str) -> str:
        return f"{self.base}/cgi-bin/{path}"

    def _query(self) -> dict[str, str]:
        return {"access_token": self.access_token} if self.access_token else {}
