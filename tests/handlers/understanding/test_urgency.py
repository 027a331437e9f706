"""Urgency, with reasons that staff can read."""

import pytest

from handlers.understanding.urgency import assess


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("卤肉包装日期被涂改", 0),
        ("", 0),
        ("吃完拉肚子", 1),
        ("幼儿园配餐发臭", 2),
        ("孩子食物中毒住院", 2),
        ("添加苏丹红", 1),
    ],
)
def test_the_worst_word_decides(text, level):
    assert assess(text).level == level


def test_every_reason_is_told_with_the_word_that_gave_it():
    found = assess("幼儿园孩子吃完呕吐，已送医")
    assert found.level == 2
    assert len(found.reasons) == 3
    assert any("送医" in reason for reason in found.reasons)
    assert any("幼儿园" in reason for reason in found.reasons)


def test_a_rule_is_told_once_however_often_it_is_met():
    assert len(assess("呕吐、腹泻、头晕").reasons) == 1


@pytest.mark.parametrize("text", ["没有中毒，就是肉不新鲜", "没拉肚子也没发烧", "如果食物中毒了怎么办", "中毒倒没有"])
def test_what_is_denied_or_only_supposed_is_no_reason(text):
    assert assess(text).level == 0


def test_what_goes_on_at_this_moment_is_told():
    assert assess("他们正连夜往车上装臭肉，再晚就拉走了").now
    assert not assess("幼儿园的饭有虫子").now
