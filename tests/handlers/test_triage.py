"""Urgency, with reasons that staff can read."""

import pytest

from handlers.triage import assess


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
