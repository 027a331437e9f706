"""The account's menu, at a platform that answers, refuses or is not there."""

import pytest

from bot.simulator import Fault
from tests.bot.conftest import assert_refused
from tests.conftest import CONFIG


@pytest.fixture
def near(town, tmp_path):
    """A configuration whose platform is the simulator."""
    file = tmp_path / "near.toml"
    settings = town.service.settings
    places = f'api_base = "{settings.wechat.api_base}"\n[storage]\nurl = "{settings.database_url}"\n'
    file.write_text(CONFIG + places, encoding="utf-8")
    return file


def test_the_menu_is_pushed_and_shown(command, near, town):
    assert command("menu", "push", config=near).code == 0
    shown = command("menu", "show", config=near)
    assert "我要举报" in shown.out
    assert town.asked("menu/create") == 1


@pytest.mark.parametrize("code", [40164, 40125])
def test_what_the_platform_refuses_is_one_line_with_its_code(command, near, town, code):
    town.platform.script("stable_token", Fault(errcode=code))
    assert_refused(command("menu", "push", config=near), str(code))


def test_a_platform_that_cannot_be_reached_is_one_line(command, tmp_path):
    command("init")
    file = tmp_path / "far.toml"
    file.write_text(CONFIG + 'api_base = "http://127.0.0.1:9"\n', encoding="utf-8")
    assert_refused(command("menu", "push", config=file), "连不上")
