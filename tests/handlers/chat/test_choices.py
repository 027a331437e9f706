"""Which business is meant: a choice that never blocks."""

import pytest

from handlers.registers import businesses


@pytest.fixture
def register(service):
    def add(*names):
        for name in names:
            values = {"name": name, "code": "", "kind": "", "address": "青屏大街12号", "township": "", "status": ""}
            service.db.write(lambda tx, values=values: businesses.put(tx, values, service.office.region))

    return add


def last_line(text):
    return text.splitlines()[-1]


def test_near_names_are_offered_above_the_next_question(phone, stored, register):
    register("新密市老王熟食店", "新密市老汪熟食有限公司")
    phone.say("举报")
    phone.say("跳过")
    reply = phone.say("老王熟食")
    assert "1. " in reply
    assert "地址" in last_line(reply)
    assert "就是“新密市老" in phone.say("1")
    for text in ("西大街", "肉臭", "提交"):
        phone.say(text)
    (report,) = stored()
    assert report.business
    assert report.merchant == "老王熟食"


def test_any_other_answer_goes_on_as_typed(phone, stored, register):
    register("新密市老王熟食店", "新密市老汪熟食有限公司")
    for text in ("举报", "跳过", "老王熟食", "西大街3号", "肉臭", "提交"):
        phone.say(text)
    (report,) = stored()
    assert (report.business, report.address) == ("", "西大街3号")


def test_thanks_in_between_take_no_choice_away(phone, stored, register):
    register("新密市老王熟食店", "新密市老汪熟食有限公司")
    for text in ("举报", "跳过", "老王熟食", "谢谢", "1", "西大街", "肉臭", "提交"):
        phone.say(text)
    assert stored()[0].business


def test_the_very_name_is_linked_without_a_question(phone, stored, register):
    register("新密市老王熟食店")
    reply = phone.say("举报 店名：新密市老王熟食店 问题：肉臭")
    assert "1. " not in reply
    phone.say("西大街")
    assert stored()[0].business


def test_an_offer_is_the_same_whether_or_not_somebody_reported_it(phone, other_phone, register):
    register("新密市老王熟食店", "新密市老汪熟食有限公司")
    for text in ("举报", "跳过"):
        phone.say(text)
    before = phone.say("老王熟食")
    phone.say("取消")
    other_phone.say("举报 店名：新密市老王熟食店 地址：青屏大街 问题：肉臭")
    for text in ("举报", "跳过"):
        phone.say(text)
    assert phone.say("老王熟食") == before
