"""All that an operator does, on PostgreSQL: from the first command to the check of the audit chain."""

import json

import pytest
import requests

from tests.conftest import CONFIG
from tests.endurance.crowd import Processes, letter
from tests.engines import make_database
from tests.register_files import as_csv, merchant
from tests.verbs import WHOLE, until

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


@pytest.fixture
def office(command, tmp_path, worker_id):
    """A new office whose configuration differs in one line."""
    url = make_database(f"office_{worker_id}")
    config = tmp_path / "config.toml"
    config.write_text(f'{CONFIG}\n[storage]\nurl = "{url}"\n', encoding="utf-8")
    return config


@pytest.fixture
def running(office, tmp_path):
    """Starts the service as an operator does."""
    node = Processes(office, tmp_path / "log")
    yield node
    if node.process and node.process.poll() is None:
        node.kill()


def done(command, *arguments):
    result = command(*arguments)
    assert result.code == 0, result.err
    return result.out


def test_an_office_is_made_written_to_exported_and_proved(command, office, running, tmp_path):
    assert "admin" in done(command, "init")
    done(command, "staff", "add", "wang", "--role", "intake")
    assert "wang" in done(command, "staff", "list")
    (tmp_path / "merchants.csv").write_bytes(as_csv(merchant()))
    assert "imported 1" in done(command, "import", "merchants", str(tmp_path / "merchants.csv"))

    running.start()
    log = tmp_path / "log"
    until(lambda: "leads" in log.read_text(), "a worker that leads")
    assert running.post(requests.Session(), letter("1", "oReporterOne0000000000000001", WHOLE))
    running.stop()

    (submission,) = map(json.loads, done(command, "export", "submissions").splitlines())
    assert "老王熟食店" in json.dumps(submission, ensure_ascii=False)
    actions = [json.loads(line)["action"] for line in done(command, "export", "audit").splitlines()]
    assert actions[0] == "installation_made"
    assert done(command, "migrate") == ""
    assert "共" in done(command, "audit", "verify")
    assert not (tmp_path / "var/shian.db").exists()
