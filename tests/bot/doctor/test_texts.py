"""What an office edits."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bot.doctor import texts
from tests.bot.doctor.conftest import states
from tests.conftest import ROOT


def test_what_is_shipped_can_be_read(examined):
    assert states(texts.content(examined)) == ["ok"]


@pytest.mark.slow
def test_every_file_with_a_fault_is_named(examined, tmp_path):
    """In a process of its own: a table is read once, when its module is loaded."""
    for room in ("bot", "content", "handlers", "storage"):
        shutil.copytree(ROOT / room, tmp_path / "code" / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("menu.toml", "replies/welcome.txt", "clock/deadlines.toml"):
        with (tmp_path / "code/content" / name).open("a", encoding="utf-8") as file:
            file.write("\n{{ nobody }}\n")
    line = [sys.executable, "-m", "bot", "--config", str(examined.config), "doctor"]
    done = subprocess.run(line, cwd=tmp_path / "code", capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    for name in ("menu.toml", "replies/welcome.txt", "clock/deadlines.toml"):
        assert f"content/{name}：" in done.stdout, name
    assert "[没查] 数据库" in done.stdout
    assert "[正常] 反向代理" in done.stdout


def test_what_nobody_confirmed_is_counted_by_file(examined):
    (found,) = texts.unsure(examined)
    assert found.state == "hint"
    assert "content/registers/offenders.toml（1条）" in found.text


def test_a_rule_that_is_over_needs_no_confirmation(examined, monkeypatch):
    today = examined.now().date()
    rows = {"rule": [{"sure": False, "until": today}, {"sure": False, "until": datetime(2020, 1, 1).date()}]}  # noqa: DTZ001
    assert texts._unsure(rows, today) == 1
    assert texts._unsure({"a": {"sure": True, "notice": {"sure": False}}}, today) == 1


@pytest.mark.parametrize(
    ("now", "state", "told"),
    [
        (datetime(2025, 2, 1, tzinfo=UTC), "ok", ""),
        (datetime(2090, 12, 1, tzinfo=UTC), "warn", "2090"),
    ],
)
def test_how_far_the_calendar_goes(examined, now, state, told):
    examined.now = lambda: now
    (found,) = texts.calendar(examined)
    assert found.state == state
    assert told in found.text


def test_a_year_that_is_not_published_yet_is_worth_knowing(examined, monkeypatch):
    monkeypatch.setattr("handlers.clock.calendar.workday", lambda day: (True, day.year < 2027))
    (found,) = texts.calendar(examined)
    assert (found.state, "2027-01-01" in found.text) == ("hint", True)
