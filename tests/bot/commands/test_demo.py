"""``demo``: everything on this machine, with one command."""

import pytest
import requests

from bot.demo.samples import ACCOUNTS
from tests.bot.conftest import assert_refused
from tests.endurance.crowd import free_port
from tests.verbs import until


def test_a_taken_port_is_told_before_anything_is_written(command, taken_port, tmp_path):
    assert_refused(command("demo", "--port", str(taken_port)), f"127.0.0.1:{taken_port} 用不了")
    assert not (tmp_path / "var").exists()


@pytest.mark.slow
def test_it_says_where_everything_is_and_leaves_with_its_processes(start, tmp_path):
    port = free_port()
    process = start("demo", "--port", str(port))
    log = tmp_path / "log"
    until(lambda: b"demo is ready" in log.read_bytes(), "the demo's word that it is ready", seconds=90)
    said = log.read_text(encoding="utf-8")
    for place in ("simulator/", "console/", "exposures"):
        assert f"http://127.0.0.1:{port}/{place}" in said
        assert requests.get(f"http://127.0.0.1:{port}/{place}", timeout=10).ok
    assert all(account.password in said for account in ACCOUNTS)
    process.terminate()
    assert process.wait(30) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5)
