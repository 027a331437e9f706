"""The one client of the WeChat API, over wechatpy.

Every failure becomes a PlatformError with a verdict, without any secret in it. An expired token is
renewed and the call repeated once; wechatpy's own retry recurses without end and sends empty files.
Calls hold no database transaction open.
Source: developers.weixin.qq.com, stable_token, draft, freepublish, mass sending, customer messages.
"""

import io
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

import requests
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException
from wechatpy.session import SessionStorage

from bot.service import Service
from bot.settings import WeChatSettings
from bot.wechat.errors import PlatformError, classified
from bot.wechat.transport import TIMEOUT, Transport
from storage.chat import platform
from storage.errors import StorageError

T = TypeVar("T")
MEDIA_LIMIT = 12 * 1024 * 1024
TICKET_LEFT = timedelta(minutes=5)
"""A ticket that dies sooner is replaced, so that a page opened now can still be used."""
COUNTING = 4.0
"""Seconds that counting an error may take: it must not keep the caller from dealing with it."""
FAILURES = (PlatformError, WeChatClientException, requests.RequestException, KeyError, TypeError, ValueError)
"""What a call can end in; the last three are answers without what was asked for."""
log = logging.getLogger("shian.gateway")


class _SharedToken(SessionStorage):  # type: ignore[misc]
    """wechatpy's token storage over the database: sealed, one for all processes."""

    def __init__(self, service: Service, kind: str = "") -> None:
        self._service = service
        self._app_id = service.settings.wechat.app_id + kind

    def get(self, key: str, default: str | None = None) -> str | None:
        with self._service.db.read() as tx:
            return platform.current(tx, self._app_id) or default

    def lasts(self, left: timedelta) -> bool:
        with self._service.db.read() as tx:
            return platform.current(tx, self._app_id, left) is not None

    def set(self, key: str, value: str, ttl: int | None = None) -> None:
        expires = self._service.db.clock() + timedelta(seconds=ttl or 7200)
        self._service.db.write(lambda tx: platform.store(tx, self._app_id, value, expires))

    def delete(self, key: str) -> None:
        self._service.db.write(lambda tx: platform.drop(tx, self._app_id))


class Client(WeChatClient):  # type: ignore[misc]
    """wechatpy's client with a stable token, timeouts everywhere and no retry of its own."""

    def __init__(self, settings: WeChatSettings, session: SessionStorage) -> None:
        self.API_BASE_URL = f"{settings.api_base.rstrip('/')}/cgi-bin/"
        super().__init__(settings.app_id, settings.app_secret, session=session, timeout=TIMEOUT, auto_retry=False)
        self._http = Transport(settings.api_base)

    @property
    def access_token(self) -> str:
        """The shared token, fetched when there is none."""
        return str(self.session.get(self.access_token_key) or self.fetch_access_token()["access_token"])

    def fetch_access_token(self) -> dict[str, Any]:
        """POST stable_token: the same token for all who ask, so that no process invalidates another's."""
        answer: dict[str, Any] = self._request(
            "post",
            "stable_token",
            params={"access_token": None},
            data={"grant_type": "client_credential", "appid": self.appid, "secret": self.secret},
        )
        # A little early, so that no call is made with a token that dies on the way.
        self.session.set(self.access_token_key, answer["access_token"], max(int(answer["expires_in"]) - 60, 30))
        return answer

    def fetch(self, media_id: str) -> bytes:
        """What somebody sent; a video comes as an address, to be asked without the token."""
        answer = self.get("media/get", params={"media_id": media_id}, limit=MEDIA_LIMIT)
        if isinstance(answer, Mapping):
            answer = self._http.request("get", str(answer["video_url"]), limit=MEDIA_LIMIT)
            answer.raise_for_status()
        content: bytes = answer.content
        return content

    def _decode_result(self, res: requests.Response) -> Any:
        """The answer as JSON, a file as its response; raises PlatformError for a page of somebody on the way."""
        answer = super()._decode_result(res)
        kind = res.headers.get("Content-Type", "").partition(";")[0].strip()
        if answer is res and kind.startswith("text/"):
            text = f"微信接口的回答不是JSON而是{kind[:40]}：可能由防火墙或代理的网页代答，请检查出口网络"
            raise PlatformError("again", text, sign="not_json", unknown=True)
        return answer


class Gateway:
    """Calls to the platform, in our words. Every method raises PlatformError."""

    def __init__(self, service: Service) -> None:
        self._db = service.db
        self._client = Client(service.settings.wechat, _SharedToken(service))
        self._tickets = _SharedToken(service, "/jsapi")

    def _call(self, call: Callable[[Client], T]) -> T:
        try:
            return self._once(call)
        except PlatformError as error:
            if error.verdict != "refresh":
                raise
        log.info("the access token was refused; one new one is fetched and the call repeated once")
        self._client.session.delete(self._client.access_token_key)
        return self._once(call)

    def _once(self, call: Callable[[Client], T]) -> T:
        try:
            return call(self._client)
        except FAILURES as error:
            failure = classified(error)
            self._count(failure)
            raise failure from None

    def _count(self, failure: PlatformError) -> None:
        try:
            self._db.write(lambda tx: platform.count_error(tx, failure.sign), timeout=COUNTING)
        except StorageError as error:
            log.error("platform error %s was not counted: %s", failure.sign, error)

    def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._call(lambda client: dict(client.post(path, data=dict(body))))

    def download(self, media_id: str) -> bytes:
        """A picture, voice note or video that a citizen sent: kept by the platform for three days."""
        return self._call(lambda client: client.fetch(media_id))

    def send_text(self, openid: str, text: str) -> None:
        """A customer message: within 48 hours of theirs, five at the most."""
        self._call(lambda client: client.message.send_text(openid, text))

    def send_subscription(self, openid: str, template: str, data: Mapping[str, Any]) -> str:
        """A subscription notice, for which one consent is used up; its id where the platform tells it."""
        body = {"touser": openid, "template_id": template, "data": dict(data)}
        return str(self._post("message/subscribe/bizsend", body).get("msgid") or "")

    def send_template(self, openid: str, template: str, data: Mapping[str, Any], *, client_id: str) -> str:
        """A template message of a service account; its msgid. A repeat with `client_id` within ten minutes is one."""
        body = {"touser": openid, "template_id": template, "data": dict(data), "client_msg_id": client_id}
        return str(self._post("message/template/send", body)["msgid"])

    def page_signature(self, url: str, nonce: str, timestamp: int) -> str:
        """What lets a page of ours at `url` use WeChat's page script (JS-SDK); '' without a ticket.

        The platform is not asked: a page must not wait for it. See `keep_page_ticket`.
        """
        ticket = self._tickets.get("jsapi")
        return str(self._client.jsapi.get_jsapi_signature(nonce, ticket, timestamp, url)) if ticket else ""

    def keep_page_ticket(self) -> None:
        """Have a ticket at hand that `page_signature` can sign with."""
        if self._tickets.lasts(TICKET_LEFT):
            return
        answer = self._call(lambda client: dict(client.jsapi.get_ticket("jsapi")))
        self._tickets.set("jsapi", str(answer["ticket"]), max(int(answer["expires_in"]) - 60, 30))

    def upload_picture(self, name: str, content: bytes, mime: str) -> str:
        """A picture for the body of an article (below 1 MB); its URL at the platform."""
        return self._call(lambda client: str(client.media.upload_image((name, io.BytesIO(content), mime))))

    def upload_cover(self, name: str, content: bytes) -> str:
        """A permanent picture (JPEG); its media id."""

        return self._call(
            lambda client: str(client.material.add("image", (name, io.BytesIO(content), "image/jpeg"))["media_id"])
        )

    def add_draft(self, article: Mapping[str, Any]) -> str:
        return str(self._post("draft/add", {"articles": [dict(article)]})["media_id"])

    def has_draft(self, media_id: str) -> bool:
        """Whether a draft is still in the box: a sent one is not."""
        try:
            self._post("draft/get", {"media_id": media_id})
        except PlatformError as error:
            if error.verdict == "gone":
                return False
            raise
        return True

    def drop_draft(self, media_id: str) -> None:
        self._post("draft/delete", {"media_id": media_id})

    def mass_send(self, draft: str, client_id: str) -> str:
        """Send a draft to all followers; the job's msg_id. `client_id` (at most 32 bytes) makes a repeat harmless."""
        answer = self._post(
            "message/mass/sendall",
            {
                "filter": {"is_to_all": True},
                "mpnews": {"media_id": draft},
                "msgtype": "mpnews",
                "send_ignore_reprint": 0,
                "clientmsgid": client_id,
            },
        )
        return str(answer["msg_id"])

    def mass_status(self, msg_id: str) -> str:
        """SENDING, SEND_SUCCESS, SEND_FAIL or DELETE."""
        return str(self._post("message/mass/get", {"msg_id": msg_id})["msg_status"])

    def publish(self, draft: str) -> str:
        """Publish a draft without pushing it; the publish_id."""
        return str(self._post("freepublish/submit", {"media_id": draft})["publish_id"])

    def publish_status(self, publish_id: str) -> tuple[int, str]:
        """(0 done, 1 under way, others failed; the article's URL when done)."""
        answer = self._post("freepublish/get", {"publish_id": publish_id})
        items = answer.get("article_detail", {}).get("item") or [{}]
        return int(answer["publish_status"]), str(items[0].get("article_url", ""))

    def tags(self) -> dict[str, int]:
        """All tags of the account, name -> id."""
        rows = self._call(lambda client: list(client.get("tags/get")["tags"]))
        return {str(row["name"]): int(row["id"]) for row in rows}

    def create_tag(self, name: str) -> int:
        """A new tag (at most 30 characters, 100 an account); its id."""
        return int(self._post("tags/create", {"tag": {"name": name}})["tag"]["id"])

    def tags_of(self, openid: str) -> set[int]:
        """The ids of a follower's tags."""
        return {int(id) for id in self._post("tags/getidlist", {"openid": openid})["tagid_list"]}

    def tag(self, openid: str, id: int) -> None:
        """Give a follower a tag, 20 at the most; a repeat is harmless, as is one of `untag`."""
        self._post("tags/members/batchtagging", {"openid_list": [openid], "tagid": id})

    def untag(self, openid: str, id: int) -> None:
        self._post("tags/members/batchuntagging", {"openid_list": [openid], "tagid": id})

    def push_menu(self, menu: Mapping[str, Any]) -> None:
        self._post("menu/create", menu)

    def menu(self) -> dict[str, Any]:
        return self._call(lambda client: dict(client.get("menu/get")))
