"""When something was: the words of a message, and the day they mean on Thursday, 26 November 2026."""

from datetime import date

import pytest

from handlers.understanding.times import day_of, when_told

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("昨天晚上在店里吃的", "昨天晚上"),
        ("11月3号买的", "11月3号"),
        ("上周三去的那家", "上周三"),
        ("三天前买了一箱", "三天前"),
        ("今早买的包子", "今早"),
        ("大前天在那吃的", "大前天"),
        ("俺夜儿个买的", "夜儿个"),
        ("2026-11-03 买的酸奶", "2026-11-03"),
        ("3号买的肉", "3号"),
        ("生产日期是10月1号，昨天买的", "昨天"),
        ("卖过期卤肉", ""),
        ("3号楼下的超市", ""),
        ("溱水路56号卖过期卤肉", ""),
        ("溱水路 6号那家店", ""),
        ("买的5号电池漏液", ""),
        ("青屏小区12号的小卖部", ""),
        ("早上好，请问几点上班", ""),
        ("五一路那家超市", ""),
        ("保质期到11月3号的牛奶", ""),
        ("加了3号色素", ""),
    ],
)
def test_the_first_time_is_told(text, time):
    assert when_told(text) == time


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("今早", (11, 26)),
        ("刚才", (11, 26)),
        ("昨天", (11, 25)),
        ("昨夜", (11, 25)),
        ("夜儿个", (11, 25)),
        ("前天晚上", (11, 24)),
        ("大前天", (11, 23)),
        ("3天前", (11, 23)),
        ("十天前", (11, 16)),
        ("两周前", (11, 12)),
        ("2小时前", (11, 26)),
        ("周一", (11, 23)),
        ("星期五", (11, 20)),
        ("这周三", (11, 25)),
        ("上周三", (11, 18)),
        ("上个星期天", (11, 22)),
        ("上上周一", (11, 9)),
        ("11月3号", (11, 3)),
        ("十一月二十三日下午", (11, 23)),
        ("2026年11月3日", (11, 3)),
        ("2026/11/3", (11, 3)),
        ("3号", (11, 3)),
        ("28号", (10, 28)),
        ("上个月30号", (10, 30)),
    ],
)
def test_a_time_is_a_day(when, day):
    assert day_of(when, TODAY) == date(2026, *day)


def test_a_day_of_the_year_that_is_still_to_come_was_last_year():
    assert day_of("12月3号", TODAY) == date(2025, 12, 3)
    assert day_of("去年11月3号", TODAY) == date(2025, 11, 3)


@pytest.mark.parametrize(
    "when",
    [
        "",
        "上个月",
        "上周",
        "去年",
        "前几天",
        "中秋",
        "2月30号",
        "99月99号",
        "半个月前",
        "这周日",
        "2027年1月1日",
        "上周末",
    ],
)
def test_what_means_no_day_is_none(when):
    assert day_of(when, TODAY) is None
