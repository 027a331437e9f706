"""What the doctor asks the platform: reads only, under a token of its own that it keeps to itself.

It needs no database, and a stable token that is fetched once more takes none away from the service.
Every method raises PlatformError.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

from wechatpy.session.memorystorage import MemoryStorage

from bot.settings import WeChatSettings
from bot.wechat.errors import PlatformError, classified
from bot.wechat.gateway import FAILURES, Client
from bot.wechat.transport import Transport


class Probe:
    """One account looked at. What was refused once is not asked for again."""

    def __init__(self, settings: WeChatSettings) -> None:
        self._settings = settings
        self._client = Client(settings, MemoryStorage())

    def time(self) -> datetime | None:
        """The platform's clock as its answer tells it, whatever the answer says; no secret is sent for it."""
        url = f"{self._settings.api_base.rstrip('/')}/cgi-bin/getcallbackip"
        try:
            answer = Transport(self._settings.api_base).request("get", url)
        except FAILURES as error:
            raise classified(error) from None
        told = answer.headers.get("Date")
        return parsedate_to_datetime(told) if told else None

    @cached_property
    def refusal(self) -> PlatformError | None:
        """Why there is no token; None where there is one."""
        try:
            self._client.fetch_access_token()
        except FAILURES as error:
            return classified(error)
        return None

    def ask(self, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The answer of a call below ``cgi-bin/``: a GET, or with a body a POST."""
        if self.refusal:
            raise self.refusal
        try:
            return dict(self._client.get(path) if body is None else self._client.post(path, data=dict(body)))
        except FAILURES as error:
            raise classified(error) from None
