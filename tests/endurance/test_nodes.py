"""Three web processes and two workers on one PostgreSQL, as a city runs them: killed, cut off, all asked at once."""

import os
import shutil
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from bot.service import open_service
from bot.settings import load
from bot.simulator import Account, Platform, serve
from storage.engine import schema
from storage.exposure import article
from storage.submissions import submission
from tests.bot.test_upgrading import ADDS
from tests.conftest import CONFIG
from tests.endurance.crowd import Processes
from tests.endurance.test_load import NUMBER, reports
from tests.endurance.test_worker import scheduled
from tests.engines import CLUSTER, make_database
from tests.verbs import AES_KEY, APP_ID, TOKEN, until

pytestmark = [pytest.mark.endurance, pytest.mark.postgresql]
SECRET = "test-secret"


class Relay:
    """The way of one node to the database, which can be cut."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.folder, self.server = folder, server / ".s.PGSQL.5432"
        self.cut = False
        self._open: list[socket.socket] = []
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / ".s.PGSQL.5432"))
        self._listening.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                ours, _ = self._listening.accept()
                if self.cut:
                    ours.close()
                    continue
                theirs = socket.socket(socket.AF_UNIX)
                theirs.connect(str(self.server))
                self._open += [ours, theirs]
                for one, other in ((ours, theirs), (theirs, ours)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    @staticmethod
    def _pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def break_off(self) -> None:
        self.cut = True
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def close(self) -> None:
        self._listening.close()
        self.break_off()


@pytest.fixture
def platform():
    made = Platform(Account(app_id=APP_ID, app_secret=SECRET, token=TOKEN, encoding_aes_key=AES_KEY))
    api = serve(made)
    made.api = api.api_base
    yield made
    made.close()
    api.close()


@pytest.fixture
def configured(tmp_path, platform):
    """A configuration for one node: the same database, key and evidence, by a way of its own."""
    url = make_database("city")

    def make(name: str, socket_folder: str = "") -> Path:
        place = url.split("host=")[0] + f"host={socket_folder}" if socket_folder else url
        config = tmp_path / f"{name}.toml"
        storage = (
            f'[storage]\nurl = "{place}"\nevidence_dir = "{tmp_path}/evidence"\nkey_file = "{tmp_path}/city.key"\n'
        )
        config.write_text(f'{CONFIG}api_base = "{platform.api}"\n{storage}', encoding="utf-8")
        return config

    return make


@pytest.fixture
def nodes(tmp_path, configured):
    """Starts processes of the city; all of them end with the test."""
    begun: list[Processes] = []

    def start(command: str, name: str, **more: str) -> Processes:
        node = Processes(configured(name, **more), tmp_path / f"{name}.log")
        if not begun:
            node.command("init")
        begun.append(node)
        node.start(command)
        return node

    yield start
    for node in begun:
        if node.process and node.process.poll() is None:
            node.kill()


@pytest.fixture
def city(nodes, configured):
    """(three web processes, the service as a test reads it)."""
    webs = [nodes("serve", f"web{i}") for i in range(3)]
    service = open_service(load(configured("look"), {}))
    yield webs, service
    service.close()


def descriptions(service) -> list[str]:
    with service.db.read() as tx:
        return [one.description for one in submission.every(tx)]


def test_copies_of_one_message_on_different_nodes_are_handled_once(city):
    webs, service = city
    letters = reports(60, people=20)
    sessions = [requests.Session() for _ in webs]
    with ThreadPoolExecutor(24) as pool:
        jobs = [[pool.submit(web.post, s, one) for web, s in zip(webs, sessions, strict=True)] for one in letters]
        replies = [[job.result() for job in copies] for copies in jobs]
    for copies in replies:
        assert len({NUMBER.search(reply)[0] for reply in copies}) == 1
    assert len(descriptions(service)) == 60


def test_a_node_killed_under_load_loses_nothing_that_was_answered(city):
    webs, service = city
    letters, answered = reports(240, people=40), []
    timer = threading.Timer(1.0, webs[0].kill)
    timer.start()
    with ThreadPoolExecutor(12) as pool:
        sessions = [requests.Session() for _ in webs]
        jobs = {i: pool.submit(webs[i % 3].post, sessions[i % 3], one) for i, one in enumerate(letters)}
        answered = [i for i, job in jobs.items() if job.result()]
    timer.join()
    assert {i % 3 for i in answered} == {0, 1, 2}
    assert {f"第{i}件" for i in answered} <= set(descriptions(service))
    again = [i for i in range(240) if i not in answered]
    assert all(webs[1].post(requests.Session(), letters[i]) for i in again)
    assert len(descriptions(service)) == 240


def test_nodes_of_the_version_before_answer_everything_while_the_next_one_migrates(city, monkeypatch):
    webs, service = city
    letters = reports(240, people=40)
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS | {"999_tomorrow": ADDS})
    timer = threading.Timer(0.7, service.db.migrate)
    timer.start()
    with ThreadPoolExecutor(12) as pool:
        sessions = [requests.Session() for _ in webs]
        jobs = [pool.submit(webs[i % 3].post, sessions[i % 3], one) for i, one in enumerate(letters)]
        assert all(job.result() for job in jobs)
    timer.join()
    assert service.db.pending() == []
    assert all(web.ready() for web in webs)
    assert len(descriptions(service)) == 240


def test_a_node_cut_off_from_the_database_says_503_and_recovers(nodes, tmp_path):
    server = Path(os.environ[CLUSTER])
    folder = Path("/tmp") / f"relay{os.getpid()}"
    folder.mkdir()
    relay = Relay(folder, server)
    try:
        well = nodes("serve", "well")
        node = nodes("serve", "far", socket_folder=str(folder))
        letters = reports(6, people=3)
        session = requests.Session()
        assert node.post(session, letters[0])
        relay.break_off()
        for one in letters[1:3]:
            answer = session.post(f"{node.url}/wechat", params=one.query, data=one.body, timeout=10)
            assert (answer.status_code, answer.content) == (503, b"")
        assert requests.get(f"{node.url}/readyz", timeout=10).status_code == 503
        assert requests.get(f"{node.url}/healthz", timeout=10).ok
        assert well.post(session, letters[3])
        relay.cut = False
        until(node.ready, "the node's recovery", seconds=20)
        assert all(node.post(session, one) for one in letters)
    finally:
        relay.close()
        shutil.rmtree(folder)


def test_two_workers_send_once_with_one_token_and_one_takes_over_from_the_other(nodes, configured, platform):
    web = nodes("serve", "web")
    workers = [nodes("work", name) for name in ("first", "second")]
    platform.world.account = replace(platform.account, webhook=f"{web.url}/wechat")
    platform.follow("a")
    service = open_service(load(configured("look"), {}))

    def state(id: str) -> str:
        with service.db.read() as tx:
            return article.get(tx, id).state

    def sent() -> int:
        return sum(call.path == "message/mass/sendall" for call in platform.calls)

    first = scheduled(service, "mass")
    until(lambda: state(first) == "released", "the first article", seconds=40)
    assert sent() == 1
    leader = next(worker for worker in workers if "leads" in worker.log.read_text())
    leader.process.send_signal(signal.SIGKILL)
    leader.process.wait()
    second = scheduled(service, "publish")
    until(lambda: state(second) == "released", "the second article, by the other worker", seconds=40)
    assert sum(call.path == "stable_token" for call in platform.calls) == 1
    assert sum(call.path == "freepublish/submit" for call in platform.calls) == 1
    service.close()
