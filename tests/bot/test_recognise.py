"""``recognise``: what the bot makes of a message, as a filter in a pipe. Needs neither database nor configuration."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.recognise import recognise

ROOT = Path(__file__).parents[2]
FIRST = ["text", "intent", "category", "merchant", "place", "urgent", "reasons"]


@pytest.fixture
def run():
    return lambda *arguments, given=None: CliRunner().invoke(recognise, arguments, input=given)


def test_a_text_is_one_line_of_json(run):
    result = run("老王熟食店卖的卤肉都臭了")
    (line,) = result.stdout.splitlines()
    found = json.loads(line)
    assert list(found)[: len(FIRST)] == FIRST
    assert (found["intent"], found["merchant"]) == ("report", "老王熟食店")
    assert "老王熟食店" in line


def test_lines_from_standard_input_are_answered_line_by_line(run):
    result = run(given="\ufeff举报要实名吗\n\n谢谢你们\n".encode())
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == ["举报要实名吗", "谢谢你们"]


def test_what_is_no_utf_8_is_refused_with_the_line(run):
    result = run(given="好的\n".encode() + b"\xc4\xe3\n")
    assert result.exit_code == 1
    assert "2" in result.stderr


def test_it_runs_without_any_configuration(tmp_path):
    command = [sys.executable, "-m", "bot", "--config", str(tmp_path / "none.toml"), "recognise", "在吗"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["text"] == "在吗"
