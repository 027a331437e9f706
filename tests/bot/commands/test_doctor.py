"""``doctor``: what it says of a whole office, and of one that is in pieces."""

import json
from datetime import UTC, datetime

import pytest

from bot.doctor.table import CHECKS
from bot.simulator import Fault
from storage import ticks
from storage.people.staff import Role
from tests.bot.commands.test_menu import near
from tests.conftest import CONFIG
from tests.verbs import AES_KEY, TOKEN

__all__ = ["near"]
SECRETS = ("test-secret", TOKEN, AES_KEY)


@pytest.fixture
def well(command, near, town, hire, clock):
    """An office at work: its menu is pushed, its worker runs, somebody has each role."""
    near.chmod(0o600)
    hire("wang", *Role)
    clock.now = datetime.now(UTC)
    town.service.db.write(lambda tx: ticks.ran(tx, "media"))
    assert command("menu", "push", config=near).code == 0
    return near


def told(done):
    findings = json.loads(done.out)["findings"]
    return {state: {row["check"] for row in findings if row["state"] == state} for state in ("fail", "warn", "unknown")}


def test_an_office_at_work_is_well(command, well):
    done = command("doctor", config=well)
    assert done.code == 0, done.out
    assert "[错误]" not in done.out
    assert done.last == "一切正常"
    for secret in SECRETS:
        assert secret not in done.out


def test_all_of_it_is_one_json_object(command, well):
    done = command("doctor", "--json", config=well)
    report = json.loads(done.out)
    assert (done.code, report["ok"]) == (0, True)
    assert {row["check"] for row in report["findings"]} == {check.code for check in CHECKS}
    assert all(set(row) == {"check", "asks", "state", "text", "remedy"} for row in report["findings"])


def test_an_address_that_is_not_listed_ends_in_1_with_the_address(command, well, town):
    town.platform.script("stable_token", Fault(errcode=40164))
    done = command("doctor", "--json", config=well)
    assert done.code == 1
    assert told(done) == {
        "fail": {"token", "allowed"},
        "warn": set(),
        "unknown": {"callback", "menu", "rights", "quotas", "drafts"},
    }
    assert "加入 127.0.0.1" in done.out


@pytest.mark.embedded
def test_without_its_database_the_platform_is_looked_at_all_the_same(command, well, town, tmp_path):
    town.service.settings.database_file.rename(tmp_path / "away")
    done = command("doctor", "--json", config=well)
    assert done.code == 1
    found = told(done)
    assert found["fail"] == {"database"}
    assert not found["unknown"] & {"token", "menu", "rights", "clock"}


def test_without_a_platform_the_rest_is_looked_at_all_the_same(command, tmp_path):
    command("init")
    file = tmp_path / "far.toml"
    file.write_text(CONFIG + 'api_base = "http://127.0.0.1:9"\n', encoding="utf-8")
    found = told(command("doctor", "--json", config=file))
    assert found["fail"] == {"platform"}
    assert "database" not in found["unknown"]


def test_without_a_configuration_every_check_is_told(command, tmp_path):
    done = command("doctor", "--json", config=tmp_path / "nowhere.toml")
    assert (done.code, done.err) == (1, "")
    assert {row["check"] for row in json.loads(done.out)["findings"]} == {check.code for check in CHECKS}
    assert told(done)["fail"] == {"config"}


def test_nothing_is_made_where_nothing_is(command, tmp_path):
    before = {path.name for path in tmp_path.rglob("*")}
    assert command("doctor").code == 1
    assert {path.name for path in tmp_path.rglob("*")} == before
