"""The command line: exit codes, one line for an error, secrets alone on the last line."""

import sqlite3
import subprocess
import sys

import pytest

from bot import __version__
from bot.commands import COMMANDS
from bot.service import open_service
from bot.settings import load
from bot.simulator import Fault
from storage.engine.sealing import make_key_file
from storage.people import staff
from tests.conftest import CONFIG, ROOT


def assert_refused(done, *said):
    """Exit code 1 and one line."""
    assert done.code == 1
    assert done.err.startswith("shianshao: ")
    assert len(done.err.splitlines()) == 1
    for part in said:
        assert part in done.err


def is_secret(line, length=16):
    return len(line) == length and line.isascii() and line.isalnum()


def test_init_makes_everything_once_and_may_be_repeated(command, tmp_path):
    first = command("init")
    assert first.code == 0
    assert is_secret(first.last)
    assert "admin" in first.out
    key = (tmp_path / "var/shian.key").read_bytes()
    second = command("init")
    assert second.code == 0
    assert not is_secret(second.last)
    assert (tmp_path / "var/shian.key").read_bytes() == key
    assert command("staff", "list").out.count("admin") == 2  # its name and its role


def test_every_command_explains_itself(command):
    overview = command("--help").out
    for name, (_, line) in COMMANDS.items():
        done = command(name, "--help")
        assert (done.code, "Usage" in done.out) == (0, True), name
        assert line in " ".join(done.out.split()), name
        assert line in " ".join(overview.split()), name


def test_it_says_its_version(command):
    done = command("--version")
    assert (done.code, done.out) == (0, f"shianshao {__version__}\n")


def test_what_goes_wrong_while_a_command_is_loaded_is_one_line_too(command, monkeypatch, tmp_path):
    broken = "from content.errors import ContentError\nraise ContentError('replies/help.txt：少了一个括号')\n"
    (tmp_path / "office_words.py").write_text(broken, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(COMMANDS, "fly", ("office_words:fly", "Fly"))
    assert_refused(command("fly"), "replies/help.txt：少了一个括号")


def test_run_says_what_is_missing_before_it_starts_anything(command, tmp_path):
    command("init")
    file = tmp_path / "less.toml"
    file.write_text("\n".join(line for line in CONFIG.splitlines() if "aes_key" not in line), encoding="utf-8")
    assert_refused(command("run", config=file), "encoding_aes_key")


@pytest.mark.parametrize(
    "arguments", [["fly"], ["staff", "fly"], ["staff", "add"], ["staff", "add", "a", "--role", "x"]]
)
def test_wrong_usage_is_two(command, arguments):
    done = command(*arguments)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_a_configuration_that_is_missing_or_wrong_is_one_line(command, tmp_path):
    assert_refused(command("init", config=tmp_path / "none.toml"), "none.toml is missing")
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
    assert "001_the_line" in command("migrate").out
    assert command("migrate").out == ""


@pytest.mark.parametrize(("name", "key"), [("serve", "token"), ("serve", "encoding_aes_key"), ("work", "app_secret")])
def test_what_is_missing_is_named_before_anything_starts(command, tmp_path, name, key):
    command("init")
    file = tmp_path / "less.toml"
    file.write_text("\n".join(line for line in CONFIG.splitlines() if not line.startswith(key)), encoding="utf-8")
    assert_refused(command(name, config=file), key, f"SHIAN__WECHAT__{key.upper()}")


def test_accounts_are_added_listed_and_reset(command):
    command("init")
    added = command("staff", "add", "wang", "--role", "intake", "--role", "officer", "--unit", "青屏所")
    assert (added.code, is_secret(added.last)) == (0, True)
    assert "wang\tintake,officer\t青屏所\tmust change password" in command("staff", "list").out
    assert_refused(command("staff", "add", "wang", "--role", "intake"), "wang", "reset")
    assert_refused(command("staff", "add", "has space", "--role", "intake"), "账号名")
    again = command("staff", "reset", "wang")
    assert is_secret(again.last)
    assert again.last != added.last
    assert_refused(command("staff", "reset", "nobody"), "nobody")


def test_a_token_is_shown_once_and_works(command, tmp_path):
    command("init")
    token = command("staff", "token", "admin").last
    assert is_secret(token, 40)
    service = open_service(load(tmp_path / "config.toml", {}))
    with service.db.read() as tx:
        assert staff.of_token(tx, token).name == "admin"
    service.close()
    assert_refused(command("staff", "token", "nobody"), "nobody")


def test_the_audit_chain_is_verified_and_a_broken_link_is_named(command, tmp_path):
    command("init")
    command("staff", "add", "wang", "--role", "intake")
    whole = command("audit", "verify")
    assert (whole.code, "2 rows" in whole.out) == (0, True)
    database = sqlite3.connect(tmp_path / "var/shian.db")
    database.execute("update audit set subject = 'li' where seq = 2")
    database.commit()
    database.close()
    assert_refused(command("audit", "verify"), "row 2")


@pytest.fixture
def near(town, tmp_path):
    """A configuration whose platform is the simulator."""
    file = tmp_path / "near.toml"
    file.write_text(CONFIG + f'api_base = "{town.service.settings.wechat.api_base}"\n', encoding="utf-8")
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


@pytest.mark.slow
def test_it_runs_as_a_module_with_the_file_named_in_the_environment(tmp_path):
    (tmp_path / "here.toml").write_text(CONFIG, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "staff", "list"],
        cwd=ROOT,
        env={"SHIAN_CONFIG": str(tmp_path / "here.toml"), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path / "var/shian.key") in done.stderr
