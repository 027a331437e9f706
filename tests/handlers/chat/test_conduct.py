"""Words on an official's conduct: sealed whatever was asked, and never in a case."""

import pytest

from storage.people.staff import Role

BRIBE = "来检查的王科长收了老板两条烟"


@pytest.fixture
def letters(ask):
    return lambda: ask(lambda tx: tx.value("select count(*) from letter"))


def words(ask):
    """All that staff can read of cases."""
    said = ask(lambda tx: tx.all("select body from timeline union all select description from submission"))
    return "\n".join(str(row) for row in said)


@pytest.mark.parametrize("before", [(), ("投诉", "好又多超市", "西大街", "奶是坏的", "退钱", "没有")])
def test_a_letter_is_one_whatever_was_asked(phone, ask, letters, before):
    for text in before:
        phone.say(text)
    asked = phone.say(BRIBE)
    assert letters() == 1
    assert BRIBE not in words(ask)
    if before:
        assert "姓名" in asked.splitlines()[-1]


def test_a_letter_in_a_supplement_or_in_an_answer_to_staff_is_not_shown_to_them(phone, tip, act, hire, ask, letters):
    made = tip()
    phone.say(f"补充 {BRIBE}")
    assert letters() == 1
    act(made.number, "ask", hire("wang", Role.INTAKE, Role.OFFICER), note="是哪天？")
    phone.say("就是经办这个事的李队长收了老板的红包")
    assert letters() == 2
    assert "红包" not in words(ask)
    assert BRIBE not in words(ask)


def test_behind_a_command_it_is_a_letter_too(phone, stored, letters):
    phone.say("举报你们稽查队队长收黑钱")
    assert (stored(), letters()) == ([], 1)
