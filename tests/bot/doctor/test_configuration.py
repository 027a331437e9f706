"""What speaks against the configuration, and which of it is only worth knowing."""

import shutil
from collections import namedtuple

import pytest

from bot.doctor import configuration
from tests.bot.doctor.conftest import states

STAND_IN = "http://127.0.0.1:8000/simulator/api"


def test_a_whole_configuration_is_well(examined):
    assert states(configuration.read(examined)) == states(configuration.secrets(examined)) == ["ok"]


def test_plain_messages_are_a_hint(examined, settle):
    settle("wechat", mode="plain")
    assert states(configuration.secrets(examined)) == ["hint"]


@pytest.mark.parametrize(
    ("base_url", "api_base", "state"),
    [
        ("https://shian.example.org", "https://api.weixin.qq.com", "ok"),
        ("http://127.0.0.1:8000", "https://api.weixin.qq.com", "warn"),
        ("http://shian.example.org", "https://api.weixin.qq.com", "warn"),
        ("http://127.0.0.1:8000", STAND_IN, "hint"),
        ("http://127.0.0.1:8000", "http://localhost:8000", "hint"),
    ],
)
def test_the_public_must_reach_it_unless_the_platform_is_a_stand_in(examined, settle, base_url, api_base, state):
    settle("site", base_url=base_url)
    settle("wechat", api_base=api_base)
    (found,) = configuration.address(examined)
    assert found.state == state
    assert bool(found.remedy) == (state != "ok")


def test_behind_https_there_is_a_proxy_that_logs(examined, settle):
    assert states(configuration.proxy(examined)) == ["ok"]
    settle("site", base_url="https://shian.example.org")
    assert states(configuration.proxy(examined)) == ["warn", "hint"]
    settle("server", trusted_proxies=1)
    (log,) = configuration.proxy(examined)
    assert "openid" in log.text
    assert "deploy/nginx.conf" in log.remedy


def test_words_to_tap_are_to_be_tried(examined, settle):
    assert states(configuration.taps(examined)) == ["hint"]
    settle("wechat", taps=False)
    assert states(configuration.taps(examined)) == ["ok"]


def test_a_password_alone_is_worth_knowing(examined, settle):
    assert states(configuration.factor(examined)) == ["hint"]
    settle("console", totp_roles=("admin",))
    assert states(configuration.factor(examined)) == ["ok"]


def test_a_command_that_calls_nobody_is_a_failure(examined, settle, tmp_path):
    assert states(configuration.duty(examined)) == ["hint"]
    settle("duty", command=(str(tmp_path / "send-sms"),))
    (found,) = configuration.duty(examined)
    assert (found.state, "send-sms" in found.text) == ("fail", True)
    (tmp_path / "send-sms").write_text("#!/bin/sh\n")
    assert states(configuration.duty(examined)) == ["fail"]
    (tmp_path / "send-sms").chmod(0o700)
    assert states(configuration.duty(examined)) == ["ok"]


def test_what_others_can_open_is_named(examined):
    examined.settings.source.chmod(0o640)
    assert states(configuration.modes(examined)) == ["ok"]
    examined.settings.key_file.chmod(0o640)
    (key,) = configuration.modes(examined)
    assert (key.state, key.remedy) == ("warn", f"chmod go= {examined.settings.key_file}")
    examined.settings.source.chmod(0o644)
    assert states(configuration.modes(examined)) == ["warn", "warn"]


@pytest.mark.parametrize(("free", "state"), [(1 << 40, "ok"), (1 << 30, "warn"), (1 << 20, "fail")])
def test_a_disk_that_fills_is_told_before_it_is_full(examined, monkeypatch, free, state):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: namedtuple("Usage", "free")(free))
    assert set(states(configuration.disk(examined))) == {state}
