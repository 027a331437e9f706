"""The worker is killed while it sends: real processes, a real platform that is slow to answer."""

import os
import signal
import time
from pathlib import Path

import pytest

from bot.service import Service, open_service
from bot.settings import load
from bot.simulator import Account, Fault, Platform, serve
from handlers.exposure import articles
from storage.exposure import article
from storage.people import staff
from storage.people.staff import Role, Staff
from tests.conftest import CONFIG
from tests.endurance.crowd import Processes
from tests.verbs import AES_KEY, APP_ID, TOKEN, until

pytestmark = pytest.mark.endurance
TEXT = {"title": "某店案", "summary": "摘要", "body": "正文", "category": "other", "party": ""}


@pytest.fixture
def town(tmp_path):
    platform = Platform(Account(app_id=APP_ID, app_secret="test-secret", token=TOKEN, encoding_aes_key=AES_KEY))
    api = serve(platform)
    config = tmp_path / "config.toml"
    config.write_text(CONFIG + f'api_base = "{api.api_base}"\n', encoding="utf-8")
    processes = Processes(config, tmp_path / "service.log")
    processes.command("init")
    processes.start()
    platform.world.account = Account(
        app_id=APP_ID,
        app_secret="test-secret",
        token=TOKEN,
        encoding_aes_key=AES_KEY,
        webhook=f"{processes.url}/wechat",
    )
    platform.follow("a")
    service = open_service(load(config, {}))
    yield platform, processes, service
    service.close()
    processes.stop()
    platform.close()
    api.close()


def scheduled(service: Service, channel: str) -> str:
    def person(tx, name: str, role: Role) -> Staff:
        if staff.get(tx, name) is None:
            staff.add(tx, name, password_hash="x", roles=frozenset({role}), must_change=False)
        return staff.get(tx, name)

    def write(tx) -> str:
        editor, reviewer = person(tx, "editor", Role.EDITOR), person(tx, "reviewer", Role.REVIEWER)
        publisher = person(tx, "publisher", Role.PUBLISHER)
        made = articles.write(tx, TEXT, cover="", staff=editor)
        articles.move(tx, service.office, made.id, "submit", staff=editor, version=None, values={})
        articles.move(tx, service.office, made.id, "approve", staff=reviewer, version=None, values={})
        values = {"at": tx.now.isoformat(), "channel": channel}
        articles.move(tx, service.office, made.id, "schedule", staff=publisher, version=None, values=values)
        return made.id

    return service.db.write(write)


def worker_of(processes: Processes) -> int:
    for pid in processes.pids():
        if b"\0work" in Path(f"/proc/{pid}/cmdline").read_bytes():
            return pid
    raise AssertionError("no worker runs")


@pytest.mark.parametrize("path", ["draft/add", "message/mass/sendall"])
def test_a_worker_killed_at_work_sends_exactly_once(town, path):
    platform, processes, service = town
    platform.script(path, Fault(delay=4))
    before = time.monotonic()
    id = scheduled(service, "mass")
    until(lambda: any(call.path == path for call in platform.calls), f"the worker's call of {path}")
    assert time.monotonic() - before < 6, "a due article starts within five seconds"
    os.kill(worker_of(processes), signal.SIGKILL)

    def released() -> bool:
        with service.db.read() as tx:
            return article.get(tx, id).state == "released"

    until(released, "the release of an article whose worker was killed")
    time.sleep(3)  # what was sent twice would arrive within this
    assert [card.title for bubble in platform.inbox("a") for card in bubble.articles] == ["某店案"]
