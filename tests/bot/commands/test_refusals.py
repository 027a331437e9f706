"""What the system refuses a command: one Chinese line with the remedy that fits, never a traceback."""

import os
from contextlib import contextmanager

import click
import pytest

from bot.__main__ import cli
from bot.commands import COMMANDS
from tests.bot.conftest import assert_refused
from tests.conftest import CONFIG

NOBODY = 65534


@contextmanager
def as_nobody():
    """Without the rights of root, where the tests have them."""
    before, context = os.geteuid(), click.Context(cli)
    for name in COMMANDS:  # the code itself may lie where only root looks
        cli.get_command(context, name)
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.fixture
def configure(tmp_path):
    """A configuration with these places."""

    def write(**storage):
        lines = "\n".join(f'{key} = "{value}"' for key, value in storage.items())
        file = tmp_path / "places.toml"
        file.write_text(f"{CONFIG}\n[storage]\n{lines}\n", encoding="utf-8")
        return file

    return write


@pytest.fixture
def opened(tmp_path):
    """Let anybody look into the folder, that only the file in question refuses them."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder.is_relative_to(tmp_path.parents[2]):
            folder.chmod(0o755)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("key_file", "wall/shian.key"),
        ("evidence_dir", "wall"),
        ("evidence_dir", "wall/deep"),
        ("url", "sqlite:///wall/shian.db"),
    ],
)
def test_a_file_where_a_folder_should_be(command, configure, tmp_path, key, value):
    (tmp_path / "wall").write_text("in the way")
    assert_refused(command("init", config=configure(**{key: value})), str(tmp_path / "wall"), "移开那个文件")


def test_a_folder_where_the_database_should_be(command, configure, tmp_path):
    (tmp_path / "wall").mkdir()
    assert_refused(command("init", config=configure(url="sqlite:///wall")), "目录、不是文件")


def test_a_folder_that_cannot_be_written(command, configure, tmp_path, opened):
    (tmp_path / "shut").mkdir(mode=0o555)
    file = configure(key_file="shut/shian.key")
    with as_nobody():
        assert_refused(command("init", config=file), "shut/shian.key", "chown")


@pytest.mark.parametrize("name", ["shian.key", "shian.db"])
def test_what_belongs_to_somebody_else_is_for_chown(command, tmp_path, opened, name):
    command("init")
    for path in (tmp_path / "var").rglob("*"):
        path.chmod(0o777)
    (tmp_path / "var").chmod(0o777)
    (tmp_path / "var" / name).chmod(0o400)
    with as_nobody():
        for arguments in (["serve"], ["work"], ["migrate"], ["staff", "list"]):
            assert_refused(command(*arguments), f"var/{name}", "chown")


def test_a_folder_of_the_database_that_cannot_be_written(command, tmp_path, opened):
    command("init")
    for path in (tmp_path / "var").rglob("*"):
        path.chmod(0o777)
    (tmp_path / "var").chmod(0o555)
    with as_nobody():
        assert_refused(command("migrate"), f"{tmp_path}/var", "chown")


def modes(folder):
    return {path.name: path.stat().st_mode & 0o077 for path in folder.rglob("*")}


def test_whatever_is_made_is_for_the_owner_alone(command, tmp_path):
    command("init")
    command("export", "audit", "--output", str(tmp_path / "var/out.jsonl"))
    assert {"shian.db", "shian.key", "shian.key.head", "evidence", ".shian", "out.jsonl"} <= modes(
        tmp_path / "var"
    ).keys()
    assert not any(modes(tmp_path / "var").values())
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_what_a_version_before_left_open_is_closed_at_the_migration(command, tmp_path):
    command("init")
    for name in ("shian.db", "shian.key", "evidence"):
        (tmp_path / "var" / name).chmod(0o755)
    command("migrate")
    assert not any(modes(tmp_path / "var").values())


def test_a_command_warns_of_an_address_that_serves_nobody(command, monkeypatch):
    command("init")
    monkeypatch.setattr("bot.web.server.Granian.serve", lambda *_, **__: None)
    assert "base_url 是本机地址" in command("serve").err
    assert "base_url" not in command("serve", "--demo").err
