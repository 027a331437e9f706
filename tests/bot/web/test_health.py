"""Liveness, readiness and figures."""

import shutil

import pytest

from bot import installation
from bot.service import open_service
from bot.settings import load
from bot.web.app import create_app
from storage import ticks
from storage.engine.key_file import make_key_file
from tests.conftest import CONFIG


@pytest.fixture
def fresh(tmp_path):
    """An office whose database exists and waits for its migrations."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    settings = load(folder / "config.toml", {})
    make_key_file(settings.key_file)
    service = open_service(settings)
    service.db.engine.create()
    yield service
    service.close()


def test_it_lives_as_soon_as_it_serves(fresh):
    assert create_app(fresh).test_client().get("/healthz").status_code == 200


def test_it_is_ready_once_migrated_and_says_what_it_waits_for(fresh):
    client = create_app(fresh).test_client()
    waiting = client.get("/readyz")
    assert waiting.status_code == 503
    assert "migrate" in waiting.text
    installation.prepare(fresh, by="migrate")
    assert client.get("/readyz").status_code == 200


def test_it_is_not_ready_with_the_evidence_folder_gone(client, service, tmp_path):
    service.files.folder.rename(tmp_path / "unmounted")
    gone = client.get("/readyz")
    assert gone.status_code == 503
    assert str(service.files.folder) in gone.text


@pytest.mark.embedded
def test_it_is_not_ready_without_its_database(client, service, tmp_path):
    assert client.get("/readyz").status_code == 200
    shutil.move(service.db.engine.path, tmp_path / "away")
    gone = client.get("/readyz")
    assert gone.status_code == 503
    assert "从备份恢复" in gone.text
    assert client.get("/healthz").status_code == 200


def test_however_often_it_is_asked_it_writes_once_in_ten_seconds(client, service, clock):
    def written():
        with service.db.read() as tx:
            return ticks.last(tx, "readyz")

    times = set()
    for seconds in (0, 4, 4, 4, -3600):
        clock.advance(seconds=seconds)
        assert [client.get("/readyz").status_code for _ in range(3)] == [200] * 3
        times.add(written())
    assert len(times) == 3


def test_figures_are_those_of_the_database(client, phone):
    phone.say("举报 店名：甲 地址：乙 问题：丙")
    phone.picture("m1")
    text = client.get("/metrics").text
    assert 'shian_submissions{stage="triage"} 1.0' in text
    assert 'shian_outbox{kind="media",state="waiting"} 1.0' in text
    assert "shian_inbox_failed 0.0" in text


def test_it_tells_when_ticks_ran(figure, service):
    service.db.write(lambda tx: ticks.ran(tx, "media"))
    with service.db.read() as tx:
        at = ticks.last(tx, "media")
    assert figure('shian_tick_last_seconds{tick="media"}') == pytest.approx(at.timestamp())


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("", "text/plain; version="), ("application/openmetrics-text; version=1.0.0", "application/openmetrics-text")],
)
def test_the_figures_say_which_exposition_they_are(client, accept, kind):
    answer = client.get("/metrics", headers={"Accept": accept})
    assert answer.headers["Content-Type"].startswith(kind)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.2.1", "::1"])
def test_this_machine_may_read_the_figures(client, address):
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": address}).status_code == 200


@pytest.mark.parametrize("address", ["10.0.0.5", "203.0.113.7", "::2", "", "nonsense"])
def test_others_may_not(client, address):
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": address}).status_code == 403


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "X-Forwarded-Proto", "Via"]
)
def test_a_forwarded_request_may_not_though_it_comes_from_loopback(client, header):
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


def test_a_configured_address_may(client_with):
    client = client_with('metrics_from = ["10.0.0.5"]')
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": "10.0.0.5"}).status_code == 200
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": "10.0.0.6"}).status_code == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(("sa.example.gov.cn", 403), ("SA.example.gov.cn:443", 403), ("sa.example.gov.cn.", 403)),
        *(("127.0.0.1:8000", 200), ("localhost", 200), ("node1.internal:8000", 200)),
    ],
)
def test_who_names_the_public_host_came_by_a_proxy_that_says_nothing(client_with, host, status):
    client = client_with("", base_url="https://sa.example.gov.cn")
    assert client.get("/metrics", headers={"Host": host}).status_code == status


def test_a_service_that_is_public_on_this_machine_alone_is_read_there(client_with):
    for base_url in ("http://127.0.0.1:8000", "http://localhost:8000"):
        host = base_url.removeprefix("http://")
        assert client_with("", base_url=base_url).get("/metrics", headers={"Host": host}).status_code == 200
