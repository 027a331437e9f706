"""``run``: what would stop its processes is said before the first one starts."""

import pytest

from tests.bot.conftest import assert_refused


@pytest.mark.parametrize("key", ["token", "encoding_aes_key", "app_secret"])
def test_what_the_web_side_or_the_worker_needs_is_named(command, without, key):
    command("init")
    assert_refused(command("run", config=without(key)), key, f"SHIAN__WECHAT__{key.upper()}")


def test_a_taken_port_is_told(command, taken_port):
    command("init")
    assert_refused(command("run", "--port", str(taken_port)), f"127.0.0.1:{taken_port} 用不了")
