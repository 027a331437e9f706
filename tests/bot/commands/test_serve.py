"""``serve``: the web side, and what it needs."""

import pytest
import requests

from tests.bot.conftest import assert_refused
from tests.endurance.crowd import free_port
from tests.verbs import until


@pytest.mark.parametrize("key", ["token", "encoding_aes_key"])
def test_what_is_missing_is_named_before_it_serves(command, without, key):
    command("init")
    assert_refused(command("serve", config=without(key)), key, f"SHIAN__WECHAT__{key.upper()}")


def test_a_taken_port_is_told(command, taken_port):
    command("init")
    assert_refused(command("serve", "--port", str(taken_port)), f"127.0.0.1:{taken_port} 用不了")


@pytest.mark.slow
def test_it_serves_where_it_is_told_until_it_is_ended(command, start):
    command("init")
    port = free_port()
    process = start("serve", "--port", str(port))
    until(lambda: answers(port, "readyz"), "a web side that is ready")
    assert not answers(port, "simulator/"), "the simulator is for the demo alone"
    process.terminate()
    assert process.wait(30) == 0
    assert not answers(port, "healthz")


def answers(port: int, path: str) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/{path}", timeout=5).ok
    except requests.ConnectionError:
        return False
