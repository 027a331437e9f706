"""Keys are rotated while the service runs, and a rotation that was killed goes on."""

import os
import signal
import subprocess
import sys
from functools import partial

import pytest

from bot.service import open_service
from bot.settings import load
from storage import rotation
from storage.chat import inbox
from tests.bot.conftest import assert_refused
from tests.conftest import ROOT
from tests.verbs import until


@pytest.fixture
def office(command, tmp_path):
    command("init")
    service = open_service(load(tmp_path / "config.toml", {}))
    yield service
    service.close()


def test_keys_are_shown_rotated_and_dropped(command, office, tmp_path):
    assert command("key", "show").out.split("\t")[2:] == ["1", "封存、查找（摘要）\n"]
    done = command("key", "rotate")
    assert done.code == 0
    assert "重新另存一份" in done.out
    assert "轮换完成" in done.last
    command("key", "rotate")
    lines = [line.split("\t") for line in command("key", "show").out.splitlines()]
    assert [(line[0], line[2], line[3]) for line in lines] == [
        ("1", "0", "查找（摘要）"),
        ("2", "0", "不再使用，可以去掉：key drop 2"),
        ("3", "1", "封存"),
    ]
    assert len({line[1] for line in lines}) == 3
    assert_refused(command("key", "drop", "1"), "永远保留")
    assert_refused(command("key", "drop", "3"), "还在封存")
    assert_refused(command("key", "drop", "7"), "没有第 7 把")
    assert command("key", "drop", "2").code == 0
    assert len((tmp_path / "var/shian.key").read_text().splitlines()) == 2
    assert command("audit", "verify").code == 0


def test_the_key_file_from_before_a_rotation_is_told_from_the_right_one(command, tmp_path):
    command("init")
    key = tmp_path / "var/shian.key"
    before = key.read_bytes()
    command("key", "rotate")
    key.write_bytes(before)
    assert_refused(command("staff", "list"), "第 2 把密钥", "轮换之后另存")


def test_another_user_is_refused(command, office, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    for arguments in (["rotate"], ["drop", "1"]):
        assert_refused(command("key", *arguments), "用运行服务的用户运行")


@pytest.mark.slow
def test_a_rotation_that_is_killed_goes_on_when_it_is_run_again(command, office, tmp_path):
    for number in range(60):
        with_many = [
            partial(inbox.keep, dedupe=f"{number}:{part}", sender="s", body="<xml/>", answer=b"x") for part in range(50)
        ]
        office.db.write(lambda tx, all_of_them=with_many: [keep(tx) for keep in all_of_them])
    program = [sys.executable, "-m", "bot", "--config", str(tmp_path / "config.toml"), "key", "rotate"]
    running = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def count():
        return rotation.count(office.db, office.files)

    until(lambda: count().get(2), "the first value under the new key")
    running.send_signal(signal.SIGKILL)
    running.wait()
    left = count()
    assert min(left.values()) > 0
    done = command("key", "rotate")
    assert "接着做上次没有做完的轮换" in done.out
    assert count() == {1: 0, 2: sum(left.values())}
