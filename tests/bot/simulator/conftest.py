"""The platform under test with a webhook to push to, over real HTTP."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.simulator import Account, Platform, Running, serve

from .receiver import AES_KEY, APP_ID, SECRET, TOKEN, Api, Clock, Webhook


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    state = Webhook()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = state.take(dict(parse_qsl(urlsplit(self.path).query)), body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    state.url = f"http://127.0.0.1:{server.server_port}/wechat"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Quick(Platform):
    """Finishes mass sends and publications at once."""

    finish_delay = 0.02


@pytest.fixture
def make_platform(webhook: Webhook, clock: Clock) -> Iterator[Callable[..., Platform]]:
    made: list[Platform] = []

    def make(memory: Any = None, **changes: str) -> Platform:
        account = Account(APP_ID, SECRET, TOKEN, AES_KEY, webhook=webhook.url, **changes)
        platform = Quick(account, memory=memory, clock=clock)
        made.append(platform)
        return platform

    yield make
    for platform in made:
        platform.close()


@pytest.fixture
def platform(make_platform: Callable[..., Platform]) -> Platform:
    return make_platform()


@pytest.fixture
def connect() -> Iterator[Callable[[Platform], Api]]:
    running: list[Running] = []

    def to(platform: Platform) -> Api:
        running.append(serve(platform))
        api = Api(running[-1].api_base)
        api.fetch_token()
        return api

    yield to
    for server in running:
        server.close()


@pytest.fixture
def api(platform: Platform, connect: Callable[[Platform], Api]) -> Api:
    return connect(platform)


@pytest.fixture
def cover(api: Api) -> str:
    """The media id of a permanent picture."""
    return api.upload("material/add_material")["media_id"]
