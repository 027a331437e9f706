"""Deadline rules are data that an office checks: the periods are those of the law, and every day has one."""

import itertools
from datetime import date

import pytest

from content.clock.deadlines import LABELS, RULES

ORDER_121 = ("《市场监督管理投诉举报处理办法》", "第121号")
ORDER_20 = ("《市场监督管理投诉举报处理暂行办法》", "第20号")
PROCEDURE = ("《市场监督管理行政处罚程序规定》",)
TODAY, BEFORE_121 = date(2026, 4, 15), date(2026, 4, 14)
LAW = [
    (TODAY, "complaint.accept", 7, "workday", ORDER_121, "第十五条"),
    (TODAY, "complaint.mediate", 60, "day", ORDER_121, "第二十三条"),
    (TODAY, "complaint.end", 7, "workday", ORDER_121, "第二十三条第二款"),
    (TODAY, "report.verify", 15, "workday", PROCEDURE, "第十八条"),
    (TODAY, "report.case", 90, "day", PROCEDURE, "第六十四条"),
    (BEFORE_121, "complaint.accept", 7, "workday", ORDER_20, "第十四条"),
    (BEFORE_121, "complaint.mediate", 45, "workday", ORDER_20, "第二十一条"),
    (BEFORE_121, "report.verify", 15, "workday", PROCEDURE, "第十八条"),
    (BEFORE_121, "report.case", 90, "day", PROCEDURE, "第六十四条"),
]
"""What the law says of a submission received on a day; Order 121 takes the place of Order 20 on 15 April 2026."""


def name(value):
    return "".join(value) if isinstance(value, tuple) else None


@pytest.mark.parametrize(("received", "code", "days", "unit", "source", "article"), LAW, ids=name)
def test_a_period_is_that_of_the_law_in_force_on_the_day(received, code, days, unit, source, article):
    (rule,) = [rule for rule in RULES if rule.code == code and rule.since <= received <= rule.until]
    assert (rule.days, rule.unit) == (days, unit)
    assert rule.basis.startswith(source[0])
    assert source[-1] in rule.basis
    assert article in rule.basis


def test_what_no_law_says_is_the_offices_own_standard_and_not_sure():
    own = [rule for rule in RULES if rule.code not in {code for _, code, *_ in LAW}]
    assert [(rule.code, rule.sure) for rule in own] == [
        ("dispute", False),
        ("notice", False),
        ("report.refer", False),
        ("order.reply", False),
    ]
    assert all("本局标准" in rule.basis for rule in own)


def test_rules_of_one_code_follow_each_other_without_gap():
    for code in LABELS:
        spans = sorted((rule.since, rule.until) for rule in RULES if rule.code == code)
        assert (spans[0][0], spans[-1][1]) == (date.min, date.max)
        for (_, until), (since, _) in itertools.pairwise(spans):
            assert (since - until).days == 1
