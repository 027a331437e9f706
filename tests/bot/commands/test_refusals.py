"""What the system refuses a command: one Chinese line with the remedy that fits, never a traceback."""

import os
from contextlib import contextmanager

import click
import psycopg
import pytest

from bot.__main__ import cli
from bot.commands import COMMANDS
from storage.engine import remedies
from storage.engine.key_file import make_key_file
from tests.bot.conftest import assert_refused
from tests.conftest import CONFIG
from tests.engines import LOCKED, make_database, url_of

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


def of(user, name):
    """The URL of a database for one of its users."""
    return url_of(name).replace("postgres@", f"{user}@")


@pytest.fixture
def server():
    """The server's administrator."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def role(server, worker_id):
    """A user of the server who owns nothing."""
    name = f"plain_{worker_id}"
    server.execute(f"drop role if exists {name}")
    server.execute(f"create role {name} login")
    return name


def assert_refused_everywhere(command, configure, url, *said):
    """At the first command and, had it worked before, at all others."""
    file = configure(url=url)
    make_key_file(file.parent / "var/shian.key")
    for arguments in (["init"], ["migrate"], ["serve"], ["staff", "list"]):
        done = command(*arguments, config=file)
        assert_refused(done, *said)
        assert "geheim" not in done.err


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql://shian:ge/geheim@db1/bureau", "postgresql://shian:geheim@[db1/x"])
def test_a_url_that_is_none(command, configure, url):
    assert_refused_everywhere(command, configure, url, "[storage] url", "%40")


@pytest.mark.postgresql
def test_a_server_that_is_down(command, configure, tmp_path):
    url = f"postgresql://shian:geheim@/bureau?host={tmp_path}"
    assert_refused_everywhere(command, configure, url, "bureau 连不上", "systemctl start postgresql")


@pytest.mark.postgresql
def test_a_database_that_is_not_there(command, configure):
    assert_refused_everywhere(
        command, configure, of("postgres", "nowhere"), "createdb -O postgres -E UTF8 -T template0 nowhere"
    )


@pytest.mark.postgresql
def test_a_user_who_is_not_there(command, configure):
    assert_refused_everywhere(command, configure, of("nobody", "postgres"), "createuser --pwprompt nobody")


@pytest.mark.postgresql
def test_a_wrong_password(command, configure, server):
    server.execute(f"do $$ begin create role {LOCKED} login password 'right'; exception when others then null; end $$")
    assert_refused_everywhere(command, configure, of(f"{LOCKED}:geheim", "postgres"), LOCKED, "密码不对")
    assert_refused_everywhere(command, configure, of(LOCKED, "postgres"), "服务器要密码")


@pytest.mark.postgresql
def test_a_user_without_the_right_to_make_tables(command, configure, server, role, worker_id):
    name = f"refused_{worker_id}"
    make_database(name)
    remedy = f'alter database "{name}" owner to "{role}"'
    assert_refused(command("init", config=configure(url=of(role, name))), role, remedy)
    server.execute(remedy)
    assert command("init", config=configure(url=of(role, name))).code == 0


@pytest.mark.postgresql
def test_a_database_that_stores_no_chinese(command, configure, server, worker_id):
    name = f"ascii_{worker_id}"
    server.execute(f"drop database if exists {name}")
    server.execute(f"create database {name} encoding 'SQL_ASCII' locale 'C' template template0")
    assert_refused_everywhere(command, configure, of("postgres", name), "SQL_ASCII", "-E UTF8")


@pytest.mark.postgresql
def test_a_server_that_is_too_old(command, configure, monkeypatch):
    monkeypatch.setattr(remedies, "OLDEST", 99)
    assert_refused_everywhere(command, configure, of("postgres", "postgres"), "太旧", "99 或以上")
