"""This machine's clock beside others."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.doctor import clock
from tests.bot.doctor.conftest import states


@pytest.mark.parametrize(
    ("seconds", "state", "told"),
    [(0, "ok", ""), (60, "warn", "快 60 秒"), (-60, "warn", "慢 60 秒"), (3600, "fail", "快"), (-301, "fail", "慢")],
)
def test_the_clock_is_compared_with_the_platforms(in_town, seconds, state, told, monkeypatch):
    here = datetime(2026, 11, 23, 1, tzinfo=UTC)
    in_town.now = lambda: here + timedelta(seconds=seconds)
    monkeypatch.setattr(type(in_town.probe), "time", lambda _: here)
    (found,) = clock.by_platform(in_town)
    assert (found.state, told in found.text) == (state, True)


def test_the_platforms_answer_tells_its_time(in_town):
    in_town.now = lambda: datetime.now(UTC)
    assert states(clock.by_platform(in_town)) == ["ok"]


def test_the_clock_of_the_database_is_this_ones_or_near(examined):
    examined.now = lambda: datetime.now(UTC)
    assert states(clock.by_database(examined)) == ["ok"]
