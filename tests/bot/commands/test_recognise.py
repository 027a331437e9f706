"""``recognise``: one JSON object a line, without a database, keys or configuration."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
LINE = [sys.executable, "-m", "bot", "--config", "/nonexistent/config.toml", "recognise"]
FIRST = ["text", "intent", "category", "merchant", "place", "urgent", "reasons"]


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"LC_ALL": "C"}
    return subprocess.run(
        [*LINE, *arguments], input=given, capture_output=True, timeout=60, check=False, cwd=ROOT, env=environment
    )


def objects(done: subprocess.CompletedProcess[bytes]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_a_text_is_answered_on_one_line():
    done = run("举报青屏大街鲜丰生鲜卖过期肉")
    assert (done.returncode, done.stderr) == (0, b"")
    (found,) = objects(done)
    assert list(found)[: len(FIRST)] == FIRST
    assert set(found) - set(FIRST) == {
        "also",
        "danger",
        "product",
        "when",
        "food",
        "official",
        "name",
        "phone",
        "home",
        "demand",
        "others",
    }
    assert (found["intent"], found["merchant"], found["urgent"]) == ("report", "鲜丰生鲜", False)
    assert "过期" in done.stdout.decode("utf-8")


def test_lines_are_answered_in_order_blank_ones_skipped_a_mark_at_the_beginning_tolerated():
    done = run(given="\ufeff谢谢\n\n  \n孩子吃完外卖一直吐，喘不上气\r\n".encode())
    assert done.returncode == 0
    assert [(one["text"], one["intent"]) for one in objects(done)] == [
        ("谢谢", "chatter"),
        ("孩子吃完外卖一直吐，喘不上气", "emergency"),
    ]


def test_an_empty_input_is_no_error():
    done = run()
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_what_is_not_utf8_is_refused_by_its_line():
    done = run(given="你好\n".encode() + "过期".encode("gb18030") + b"\n")
    assert done.returncode == 1
    assert len(objects(done)) == 1
    said = done.stderr.decode()
    assert len(said.splitlines()) == 1
    assert "第2行" in said
    assert "UTF-8" in said


def test_each_answer_comes_at_once():
    with subprocess.Popen(LINE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        process.stdin.write("你好\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["text"] == "你好"
        process.stdin.close()
        assert process.wait(20) == 0


def test_a_reader_may_stop_early():
    with subprocess.Popen(LINE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as one:
        one.stdin.write("你好\n".encode())
        one.stdin.flush()
        one.stdout.readline()
        one.stdout.close()
        one.stdin.write("你好\n".encode() * 50)
        one.stdin.close()
        assert b"Traceback" not in one.stderr.read()
        assert one.wait(20) == 0
