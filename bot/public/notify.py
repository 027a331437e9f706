"""``/notify/<token>``: where a citizen may consent once to one notice in WeChat (一次性订阅通知).

WeChat asks by a tag of its own (开放标签), which its page script (JS-SDK) brings to life in WeChat's browser only;
what was decided comes to the webhook. A link gets around: the page tells no more than a number.
Source: developers.weixin.qq.com, doc/offiaccount/OA_Web_Apps/Wechat_Open_Tag.html and JS-SDK.html.
"""

import secrets

from flask import Response, abort, render_template, request

from bot.public.receipts import HEADERS
from bot.service import Service
from bot.web.pages import policy
from bot.wechat.gateway import Gateway
from storage.chat import consent

FRAMES = "https://*.qq.com webcompt:"
"""Where WeChat draws its tags, as its documentation asks of pages with a policy."""


class Notify:
    """The page of one office; 404 for a token that was never given out, and for an office without a template."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._gateway = Gateway(service)

    def notify(self, token: str) -> Response:
        number = self._number(token) or abort(404)
        notices = self._service.settings.notices
        page = render_template(
            "public/notify.html",
            office=self._service.office,
            number=number,
            script=notices.page_script,
            config=self._config(),
        )
        response = Response(page, mimetype="text/html", headers=HEADERS)
        # WeChat's script reports the page's address by a picture elsewhere: left forbidden, the address is secret.
        response.headers["Content-Security-Policy"] = policy(
            script_src=f"'self' {notices.page_script}", frame_src=FRAMES
        )
        return response

    def _number(self, token: str) -> str | None:
        if not self._service.office.subscribe_template:
            return None
        with self._service.db.read() as tx:
            return consent.page(tx, token)

    def _config(self) -> dict[str, str]:
        """What wx.config takes, by the names of data attributes; {} while pages cannot be signed."""
        nonce, timestamp = secrets.token_hex(8), int(self._service.db.clock().timestamp())
        signature = self._gateway.page_signature(self._address(), nonce, timestamp)
        if not signature:
            return {}
        app_id = self._service.settings.wechat.app_id
        return {"app-id": app_id, "timestamp": str(timestamp), "nonce": nonce, "signature": signature}

    def _address(self) -> str:
        """As WeChat's browser sees it: with whatever query it was opened by."""
        query = request.query_string.decode("ascii", "replace")
        return f"{self._service.office.base_url}{request.path}{f'?{query}' if query else ''}"
