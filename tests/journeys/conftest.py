"""A town: the office behind real HTTP, the stand-in platform behind real HTTP, and a worker on call."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from werkzeug.serving import make_server

from bot import public
from bot.service import Service, office_of
from bot.simulator import Account, Platform, serve
from bot.web.app import create_app
from bot.wechat import webhook
from bot.worker import ticks as ticking
from tests.verbs import AES_KEY, APP_ID, TOKEN, Clock, until

SECRET = "test-secret"


@dataclass
class Town:
    """The service and the platform it lives with."""

    service: Service
    platform: Platform
    clock: Clock

    def work(self, rounds: int = 1, seconds: float = 1) -> None:
        """Let time pass and the worker's ticks run, so many rounds."""
        for _ in range(rounds):
            self.clock.advance(seconds=seconds)
            for tick in ticking.ticks_of(self.service):
                ticking.run_tick(self.service, tick)

    def work_until(self, done: Callable[[], object], seconds: float = 3, rounds: int = 60) -> None:
        """Work until something holds; the platform's events come from threads of its own, late on a busy machine."""
        for _ in range(rounds):
            self.work(seconds=seconds)
            if done():
                return
        asked = [call.path for call in self.platform.calls][-8:]
        until(lambda: self.work() or done(), f"what was worked for (the platform was last asked {asked})")

    def screen(self, phone: str) -> list[str]:
        """What the account said to a phone, in order."""
        return [bubble.text for bubble in self.platform.inbox(phone) if bubble.sender == "account"]

    def cards(self, phone: str) -> list[str]:
        """Titles of the articles a phone got."""
        return [card.title for bubble in self.platform.inbox(phone) for card in bubble.articles]

    def asked(self, path: str) -> int:
        """How often an API path was called."""
        return sum(call.path == path for call in self.platform.calls)


@pytest.fixture
def town(service: Service, clock: Clock) -> Iterator[Town]:
    with open_town(service, clock) as made:
        yield made


@contextmanager
def open_town(service: Service, clock: Clock, *, account: str = "service", **notices: str) -> Iterator[Town]:
    """A town with this kind of account; `notices` are settings of that section."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    ours = Account(app_id=APP_ID, app_secret=SECRET, token=TOKEN, encoding_aes_key=AES_KEY, kind=account)
    platform = Platform(ours, clock=clock)
    platform.finish_delay = 0.01
    api = serve(platform)
    settings = replace(
        service.settings,
        wechat=_with(service.settings.wechat, api_base=api.api_base, account=account),
        notices=_with(service.settings.notices, **notices),
    )
    here = replace(service, settings=settings, office=office_of(settings))
    web = make_server("127.0.0.1", 0, create_app(here, [webhook, public]), threaded=True)
    thread = threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    platform.account = replace(ours, webhook=f"http://127.0.0.1:{web.server_port}/wechat")
    platform.world.account = platform.account
    yield Town(here, platform, clock)
    web.shutdown()
    thread.join()
    web.server_close()
    platform.close()
    api.close()


def _with(struct, **values):
    import msgspec

    return msgspec.structs.replace(struct, **values)
