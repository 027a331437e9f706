"""The reward rules: which one holds when, and that what people are told has the same figures."""

import re
from datetime import date

from content.knowledge import ENTRIES
from content.rewards import RULES, Period, rule


def test_a_report_follows_the_rule_of_its_day_and_no_day_is_without_one():
    assert rule(date(2026, 11, 23)) is RULES[-1]
    assert rule(date(2001, 1, 1)) is RULES[0]
    assert rule(RULES[-1].since) is RULES[-1]


def test_levels_go_down_and_the_floors_stay_below_the_cap():
    for one in RULES:
        levels = list(one.levels.values())
        assert [level.percent for level in levels] == sorted((level.percent for level in levels), reverse=True)
        assert max(level.floor for level in levels) < one.consult < one.cap
        assert all(level.when for level in levels)


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
