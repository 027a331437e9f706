"""The office's own channels to call people: a webhook, and a command that sends SMS.

What they get was written by handlers/notices/alarms.py and holds nothing of a citizen's identity. An answer that did
not come is told by raising AlarmError, without quoting address, secret or output.
"""

import hashlib
import hmac
import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress

import requests

from bot.errors import BotError
from bot.service import Service
from bot.written import PREFIX
from handlers.notices import alarms
from storage.notices import outbox
from storage.notices.parcel import Parcel

TIMEOUT = (3.05, 8.0)
"""Seconds to connect and between bytes: together below a lease of the outbox."""
SIGNATURE = "X-Shian-Signature"
PATIENCE, TURN = 20, 5
"""Seconds a command may take, and after how many its lease is renewed."""


class AlarmError(BotError):
    """A channel did not work; the text is Chinese for staff."""


def signature(body: bytes, secret: str) -> str:
    """``sha256=<hex>``: HMAC-SHA256 of the body, for the receiver to check."""
    return f"sha256={hmac.digest(secret.encode(), body, hashlib.sha256).hex()}"


class Herald:
    """Brings alarms for one office."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._channels: dict[str, Callable[[Parcel, bytes], None]] = {
            alarms.WEBHOOK: self._post,
            alarms.COMMAND: self._run,
        }

    def bring(self, parcel: Parcel) -> None:
        """Bring one parcel. Raises AlarmError."""
        self._channels[parcel.kind](parcel, parcel.payload["body"].encode())

    def _post(self, parcel: Parcel, body: bytes) -> None:
        settings = self._service.settings.duty
        if not settings.webhook:
            raise AlarmError("没有配置网络通知地址")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if settings.webhook_secret:
            headers[SIGNATURE] = signature(body, settings.webhook_secret)
        try:
            # Streamed: the answer's body is of no interest, and might never end.
            with requests.post(
                settings.webhook, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
            ) as answer:
                status = answer.status_code
        except requests.RequestException as error:
            raise AlarmError(f"网络通知没有送达（{type(error).__name__}）") from None
        if not 200 <= status < 300:
            raise AlarmError(f"网络通知地址返回HTTP {status}")

    def _run(self, parcel: Parcel, body: bytes) -> None:
        settings = self._service.settings
        if not settings.duty.command:
            raise AlarmError("没有配置短信命令")
        # Our own secrets are none of the command's business.
        environment = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
        try:
            process = subprocess.Popen(  # noqa: S603 - an argument list of the operator's, no shell
                settings.duty.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=settings.source.resolve().parent,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise AlarmError(f"短信命令不能启动（{error.strerror}）") from None
        try:
            self._wait(process, parcel, body)
        finally:
            if process.poll() is None:
                # With all it started; one that ended by itself may leave something at work behind.
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if process.returncode:
            raise AlarmError(f"短信命令失败（退出码{process.returncode}）")

    def _wait(self, process: subprocess.Popen[bytes], parcel: Parcel, body: bytes) -> None:
        given: bytes | None = body
        for _ in range(0, PATIENCE, TURN):
            try:
                process.communicate(given, timeout=TURN)
            except subprocess.TimeoutExpired:
                given = None  # what is left of it is remembered
                self._service.db.write(lambda tx: outbox.renew(tx, parcel.id))
            else:
                return
        raise AlarmError(f"短信命令{PATIENCE}秒内没有结束，已停止")
