"""``/notify/<token>``: asks whoever handed something in for the consent to one subscription notice.

The page tells nothing of the submission nor of the person. Its button is WeChat's open tag, which works inside
WeChat only, with WeChat's own page script and a signature of the page's address.
Source: developers.weixin.qq.com, JS-SDK and open tags (wx-open-subscribe, with what they ask of a CSP).
"""

import logging
import secrets
from urllib.parse import urlsplit

from flask import Response, abort, render_template, request

from bot.errors import BotError
from bot.gateway import Gateway
from bot.office import Office
from bot.pages import policy
from storage import consent
from storage.errors import StorageError

FRAMES = "https://*.qq.com webcompt:"
"""Where open tags are drawn."""
log = logging.getLogger("shian.public")


class Notify:
    """The page of one office; there is none without a template."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._gateway = Gateway(office)
        self._script = office.settings.notices.page_script

    def notify(self, token: str) -> Response:
        site = self._office.site
        with self._office.db.read() as tx:
            if not site.subscribe_template or not consent.is_page(tx, token):
                abort(404)
            now = int(tx.now.timestamp())
        nonce = secrets.token_hex(8)
        response = Response(
            render_template(
                "public/notify.html",
                site=site,
                script=self._script,
                app_id=self._office.settings.wechat.app_id,
                template=site.subscribe_template,
                nonce=nonce,
                timestamp=now,
                signature=self._signature(nonce, now),
            )
        )
        host = "{0.scheme}://{0.netloc}".format(urlsplit(self._script))
        response.headers["Content-Security-Policy"] = policy(script_src=f"'self' {host}", frame_src=FRAMES)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _signature(self, nonce: str, timestamp: int) -> str:
        """Of the address as the browser knows it; '' when the platform gives no ticket now."""
        url = self._office.site.base_url + request.full_path.removesuffix("?")
        try:
            return self._gateway.page_signature(url, nonce, timestamp)
        except (BotError, StorageError) as error:
            log.error("the page that asks for consent has no button now: %s", error)
            return ""
