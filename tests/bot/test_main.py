"""The command line itself: exit codes, and one line for an error."""

import subprocess
import sys

import pytest

from bot import __version__
from bot.commands import COMMANDS
from tests.bot.conftest import assert_refused
from tests.conftest import CONFIG, ROOT


def test_it_says_its_version(command):
    done = command("--version")
    assert (done.code, done.out) == (0, f"shianshao {__version__}\n")


def test_what_goes_wrong_while_a_command_is_loaded_is_one_line_too(command, monkeypatch, tmp_path):
    broken = "from content.errors import ContentError\nraise ContentError('replies/help.txt：少了一个括号')\n"
    (tmp_path / "office_words.py").write_text(broken, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(COMMANDS, "fly", ("office_words:fly", "Fly"))
    assert_refused(command("fly"), "replies/help.txt：少了一个括号")


@pytest.mark.parametrize(
    "arguments", [["fly"], ["staff", "fly"], ["staff", "add"], ["staff", "add", "a", "--role", "x"]]
)
def test_wrong_usage_is_two(command, arguments):
    done = command(*arguments)
    assert done.code == 2
    assert "Traceback" not in done.err


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
