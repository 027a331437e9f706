"""奖励 by chat: one's own concluded reports, once each, and nothing about anybody else's."""

import pytest

from storage import reward, timeline
from storage.people.staff import Role

COMPLAINT = "投诉 店名：好又多 地址：东大街88号 问题：过期牛奶 诉求：退款 姓名：张三 电话：13800000000 通讯地址：1号"


@pytest.fixture
def concluded(tip, act, hire, conclude):
    """A report that was concluded."""
    officer = hire("chen", Role.INTAKE, Role.OFFICER)

    def make():
        number = tip().number
        act(number, "register", officer)
        return conclude(number, officer, "查实，已处罚")

    return make


def state_of(ask, number):
    found = ask(lambda tx: reward.find(tx, number))
    return found.state if found else ""


def test_without_a_concluded_report_there_is_nothing_to_ask_for(phone, tip):
    assert "没有可以申请奖励的举报" in phone.say("奖励")
    tip()
    assert "没有可以申请奖励的举报" in phone.say("奖励")


def test_a_concluded_report_is_listed_explained_and_applied_for(phone, concluded, ask, audited):
    number = concluded().number
    assert f"奖励 {number}" in phone.say("奖励")
    conditions = phone.say(f"奖励 {number}")
    assert "内部人员举报的除外" in conditions
    assert "回复“是”" in conditions
    assert state_of(ask, number) == "offered"
    assert "暂按15个工作日内" in phone.say("是")
    assert state_of(ask, number) == "applied"
    assert "reward_apply" in audited()
    assert "等待审定" in phone.say("奖励")
    assert "申请举报奖励" in phone.say(f"进度 {number}")


@pytest.mark.parametrize("word", ["是", "是。", " 是的 ", "“是”"])
def test_yes_in_every_dress_applies(phone, concluded, ask, word):
    number = concluded().number
    phone.say(f"奖励{number}")
    phone.say(word)
    assert state_of(ask, number) == "applied"


@pytest.mark.parametrize("word", ["不是", "不", "是不是都能领", "取消"])
def test_anything_but_yes_applies_for_nothing(phone, concluded, ask, word):
    number = concluded().number
    phone.say(f"奖励 {number}")
    phone.say(word)
    assert state_of(ask, number) == "offered"


def test_yes_out_of_the_blue_or_long_after_applies_for_nothing(phone, concluded, clock, ask):
    number = concluded().number
    phone.say("是")
    assert state_of(ask, number) == ""
    phone.say(f"奖励 {number}")
    clock.advance(hours=3)
    assert "已收到" not in (phone.say("是") or "")
    assert state_of(ask, number) == "offered"


def test_it_is_applied_for_once(phone, concluded, ask):
    number = concluded().number
    phone.say(f"奖励 {number}")
    phone.say("是")
    again = phone.say(f"奖励 {number}")
    assert "等待审定" in again
    assert "回复“是”" not in again
    assert "奖励申请" not in phone.say("是")
    entries = ask(lambda tx: timeline.of(tx, reward.find(tx, number).submission))
    assert [entry.title for entry in entries].count("申请举报奖励") == 1


def test_of_two_the_one_shown_last_is_meant(phone, concluded, ask):
    first, second = concluded().number, concluded().number
    phone.say(f"奖励 {second}")
    phone.say(f"奖励 {first}")
    phone.say("是")
    assert (state_of(ask, first), state_of(ask, second)) == ("applied", "offered")


def test_anothers_number_answers_exactly_as_one_that_does_not_exist(phone, other_phone, concluded, ask):
    number = concluded().number
    theirs, nobodys = other_phone.say(f"奖励 {number}"), other_phone.say("奖励 SA20261123-9999")
    assert theirs.replace(number, "N") == nobodys.replace("SA20261123-9999", "N")
    other_phone.say("是")
    assert state_of(ask, number) == ""
    phone.say(f"奖励 {number}")
    other_phone.say("是")
    assert state_of(ask, number) == "offered"
    assert number not in other_phone.say("奖励")


def test_a_report_under_way_must_wait_and_a_complaint_brings_nothing(phone, tip, ask):
    under_way = tip().number
    assert "还不能申请" in phone.say(f"奖励 {under_way}")
    complaint = tip(COMPLAINT).number
    assert "是投诉" in phone.say(f"奖励 {complaint}")
    assert state_of(ask, under_way) == state_of(ask, complaint) == ""


def test_a_report_that_was_reopened_meanwhile_is_not_applied_for(phone, concluded, act, hire, ask):
    number = concluded().number
    phone.say(f"奖励 {number}")
    act(number, "reopen", hire("li", Role.LEADER), note="有新证据")
    phone.say("是")
    assert state_of(ask, number) == "offered"


def test_an_answer_in_a_report_goes_to_the_report_unless_the_reward_was_asked_last(phone, concluded, ask):
    number = concluded().number
    phone.say(f"奖励 {number}")
    phone.say("举报")
    phone.say("跳过")
    assert "地址" in phone.say("是")
    assert state_of(ask, number) == "offered"
    phone.say(f"奖励 {number}")
    phone.say("是")
    assert state_of(ask, number) == "applied"
    assert "接着填" in phone.say("举报")


def test_a_question_that_begins_with_the_word_is_not_taken_for_a_number(phone, concluded):
    concluded()
    assert "没有查到编号" not in phone.say("奖励怎么领")


def test_an_objection_that_was_not_upheld_leaves_the_reward(phone, concluded, act, hire, ask):
    number = concluded().number
    phone.say(f"异议 {number} 罚得太轻")
    assert "还不能" in phone.say(f"奖励 {number}") or state_of(ask, number) == ""
    act(number, "review_uphold", hire("zhao", Role.OFFICER), note="维持")
    assert f"奖励 {number}" in phone.say("奖励")
    phone.say(f"奖励 {number}")
    phone.say("是")
    assert state_of(ask, number) == "applied"
