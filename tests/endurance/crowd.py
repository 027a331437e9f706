"""Many citizens at once, against a service that runs in processes of its own."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import requests
from wechatpy.crypto import WeChatCrypto

from bot.settings import WeChatSettings
from bot.wechat.wire import Wire
from tests.conftest import ROOT
from tests.verbs import AES_KEY, APP_ID, TOKEN, envelope, opened, until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Letter:
    """One message, sealed and signed once: a repeat is the same bytes."""

    key: str
    body: bytes
    query: dict[str, str]


def letter(key: str, openid: str, text: str) -> Letter:
    fields = {
        "ToUserName": "gh_test",
        "FromUserName": openid,
        "CreateTime": "1790000000",
        "MsgType": "text",
        "Content": text,
        "MsgId": key,
    }
    crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
    nonce, stamp = secrets.token_hex(6), "1790000000"
    body = crypto.encrypt_message(envelope(fields), nonce, stamp)
    query = {
        "signature": Wire(WeChatSettings(app_id=APP_ID, token=TOKEN)).signature(stamp, nonce),
        "timestamp": stamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": body.split("<MsgSignature><![CDATA[")[1].split("]")[0],
        "openid": openid,
    }
    return Letter(key, body.encode(), query)


class Processes:
    """`python -m bot run` as an operator starts it."""

    def __init__(self, config: Path, log: Path) -> None:
        self.config, self.log, self.port = config, log, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> str:
        base = [sys.executable, "-m", "bot", "--config", str(self.config)]
        done = subprocess.run([*base, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout

    def start(self, command: str = "run") -> None:
        arguments = () if command == "work" else ("--port", str(self.port))
        base = [sys.executable, "-m", "bot", "--config", str(self.config)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*base, command, *arguments], cwd=ROOT, stderr=log, stdout=log, start_new_session=True
            )
        if command == "work":
            return
        try:
            until(self.ready, "a service that answers /readyz")
        except AssertionError as never:
            never.add_note(self.log.read_text()[-3000:])
            raise

    def ready(self) -> bool:
        try:
            return requests.get(f"{self.url}/readyz", timeout=2).ok
        except requests.RequestException:
            return False

    def pids(self) -> list[int]:
        """Every process of the service."""
        assert self.process is not None
        group = os.getpgid(self.process.pid)
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and os.getpgid(int(entry.name)) == group:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
        return found

    def kill(self) -> None:
        """kill -9 of every process at once."""
        for pid in self.pids():
            os.kill(pid, signal.SIGKILL)
        assert self.process is not None
        self.process.wait()

    def stop(self) -> float:
        """SIGTERM; returns the seconds it took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        return time.monotonic() - began

    def post(self, session: requests.Session, letter: Letter) -> str | None:
        """The text of the reply when it was answered 200; None when it was not answered so."""
        try:
            answer = session.post(f"{self.url}/wechat", params=letter.query, data=letter.body, timeout=10)
        except requests.RequestException:
            return None
        return opened(answer.content) if answer.status_code == 200 else None

    def post_all(self, letters: list[Letter], connections: int) -> list[str | None]:
        """Send them from that many connections at once; the replies in the order of the letters."""
        sessions = [requests.Session() for _ in range(connections)]
        with ThreadPoolExecutor(connections) as pool:
            jobs = [pool.submit(self.post, sessions[i % connections], one) for i, one in enumerate(letters)]
            return [job.result() for job in jobs]
