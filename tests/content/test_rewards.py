"""The reward rules: which one holds when, and that what people are told has the same figures."""

import re
from datetime import date

import pytest

from content.knowledge import ENTRIES
from content.rewards import Period, rule


def test_the_figures_are_those_of_the_reward_measures():
    """国市监稽规〔2021〕4号, Art. 12: percent and least amount of each level, the cap, and when finance is asked."""
    today = rule(date(2026, 11, 23))
    levels = [(level.label, level.percent, level.floor) for level in today.levels.values()]
    assert levels == [("一级", 5, 5000), ("二级", 3, 3000), ("三级", 1, 1000)]
    assert (today.cap, today.consult) == (1_000_000, 500_000)
    assert "〔2021〕4号" in today.basis
    assert "第十二条" in today.basis


@pytest.mark.parametrize("day", ["2001-01-01", "2021-11-30", "2021-12-01", "2026-11-23"])
def test_a_report_from_before_the_measures_follows_the_first_of_them(day):
    assert rule(date.fromisoformat(day)).since == date(2021, 12, 1)


def test_what_is_not_sure_is_said_to_be_for_the_time_being():
    assert Period(15, "workday", False).text == "暂按15个工作日"
    assert Period(30, "day", True).text == "30日"
    today = rule(date(2026, 11, 23))
    assert not any((today.sure, today.notice.sure, today.claim.sure))


def test_the_answers_tell_the_same_figures():
    today, answer = rule(date(2026, 11, 23)), ENTRIES["reward_amount"].answer
    assert re.findall(r"(\d+)%", answer) == [str(level.percent) for level in today.levels.values()]
    assert re.findall(r"(\d+)元", answer) == [str(level.floor) for level in today.levels.values()]
    assert f"最高{today.cap / 10_000:f}万元" in answer
    assert not ENTRIES["reward_amount"].sure or today.sure
