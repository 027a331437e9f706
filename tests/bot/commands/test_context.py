"""What a command runs in: a configuration that must be right, and an office that must be ready."""

import pytest

from storage.engine.key_file import make_key_file
from tests.bot.conftest import assert_refused
from tests.conftest import CONFIG


def test_a_configuration_that_is_missing_or_wrong_is_one_line(command, tmp_path):
    assert_refused(command("init", config=tmp_path / "none.toml"), "none.toml 不存在")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(CONFIG + "colour = 1\n", encoding="utf-8")
    assert_refused(command("init", config=wrong), "colour", "[wechat]")


def test_before_init_each_command_says_what_to_do(command, tmp_path):
    for arguments in (("staff", "list"), ("audit", "verify"), ("migrate",)):
        assert_refused(command(*arguments), "init")
    assert command("run").code == 1
    make_key_file(tmp_path / "var/shian.key")
    assert_refused(command("staff", "list"), "init")


@pytest.mark.parametrize("name", ["serve", "work"])
def test_nothing_is_served_before_the_migration(command, tmp_path, name):
    make_key_file(tmp_path / "var/shian.key")
    (tmp_path / "var/shian.db").touch()
    assert_refused(command(name), "migrate")
