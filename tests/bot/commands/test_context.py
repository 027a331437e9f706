"""What a command runs in: a configuration that must be right, and an office that must be ready."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage.engine.key_file import make_key_file
from tests.bot.conftest import assert_refused
from tests.conftest import CONFIG

HERE = Path(__file__).parents[3]
BROKEN = {
    "menu.toml": ("name = ", "nmae = ", "nmae"),
    "clock/deadlines.toml": ("\nbasis = ", "\n# basis = ", "complaint.accept） 少了“basis”"),
    "replies/welcome.txt": ("office.name", "office.nmae", "第1行写了“office.nmae”"),
}
"""A file of content/ -> what is put for what in it, and what is said of that."""


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


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The program as an office has it that edits its texts."""
    folder = tmp_path_factory.mktemp("office")
    for room in ("bot", "handlers", "content", "storage"):
        shutil.copytree(HERE / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "command"),
    [
        *(("menu.toml", command) for command in ("init", "migrate", "serve", "work", "run")),
        *((name, "run") for name in list(BROKEN)[1:]),
    ],
)
def test_what_was_broken_in_content_ends_every_start_in_one_line(office, name, command):
    file, (taken, put, told) = office / "content" / name, BROKEN[name]
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(taken, put, 1), encoding="utf-8")
    run = [sys.executable, "-m", "bot", command]
    try:
        done = subprocess.run(run, cwd=office, capture_output=True, text=True, timeout=60)
    finally:
        file.write_text(whole, encoding="utf-8")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert done.stderr.startswith(f"shianshao: content/{name}：")
    assert told in done.stderr
