"""进度: one's own cases, and nothing about anybody else's."""

import pytest

from storage.people.staff import Role

WHOLE = "举报 店名：老王熟食店 地址：青屏大街 问题：卖过期卤肉"


def test_without_a_case_it_says_how_to_begin(phone):
    assert "回复“举报”" in phone.say("进度")


def test_one_case_is_shown_whole(phone, tip):
    number = tip().number
    reply = phone.say("进度")
    assert number in reply
    assert "法定期限：2026-12-14 前核查并决定是否立案" in reply


def test_several_are_listed_newest_first(phone, tip):
    numbers = [tip().number for _ in range(3)]
    reply = phone.say("进度")
    assert [line[3:18] for line in reply.splitlines() if ". SA" in line] == numbers[::-1]


@pytest.mark.parametrize(
    "form",
    ["进度 {}", "进度{}", "进度：{}", "进度　{}", "进度 {} ", "进度 编号{}"],
)
def test_a_number_is_found_in_every_dress(phone, tip, form):
    tip()
    number = tip().number
    assert phone.say(form.format(number)).startswith(number)
    assert phone.say(form.format(number.lower())).startswith(number)


@pytest.mark.parametrize("typed", ["SA202611230001", "ＳＡ20261123－0001", "SA20261123 -0001"])
def test_a_number_typed_carelessly_is_found(phone, tip, typed):
    number = tip().number
    tip()
    assert phone.say(f"进度 {typed}").startswith(number)


def test_anothers_number_answers_exactly_as_one_that_does_not_exist(tip, other_phone):
    number = tip().number
    theirs, nobodys = other_phone.say(f"进度 {number}"), other_phone.say("进度 SA20261123-9999")
    assert theirs.replace(number, "N") == nobodys.replace("SA20261123-9999", "N")


def test_what_follows_the_word_is_not_echoed_without_end(phone):
    assert len(phone.say("进度 " + "长" * 500)) < 100


def test_answers_stand_in_it_and_notes_among_staff_do_not(phone, tip, act, hire):
    number, clerk = tip().number, hire("wang", Role.INTAKE)
    act(number, "note", clerk, note="举报人语气激动")
    act(number, "answer", clerk, note="已安排核查")
    reply = phone.say(f"进度 {number}")
    assert "已安排核查" in reply
    assert "激动" not in reply
    assert "wang" not in reply


def test_a_closed_case_has_no_deadline_and_says_why(phone, tip, act, hire):
    number = tip().number
    act(number, "refer", hire("wang", Role.INTAKE), unit="县公安局", note="没有管辖权")
    reply = phone.say("进度")
    assert "没有管辖权" in reply
    assert "法定期限" not in reply


def test_what_is_urgent_and_the_day_of_an_objection_are_told(phone, tip, act, hire):
    assert "紧急" not in phone.say(f"进度 {tip().number}")
    urgent = tip("举报 店名：甲 地址：乙 问题：孩子吃完喘不上气，晕过去了").number
    assert "【紧急】" in phone.say(f"进度 {urgent}")
    act(urgent, "refer", hire("wang", Role.INTAKE), unit="县公安局", note="没有管辖权")
    phone.say(f"异议 {urgent} 没有查冷库")
    assert "您在2026-11-23提出异议。" in phone.say(f"进度 {urgent}")
