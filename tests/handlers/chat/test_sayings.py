"""What is said in the middle of a talk and is no answer to it."""

import pytest

from storage.submissions import identity

FED = "孩子刚吃完育才幼儿园的午饭就上吐下泻，现在喘不上气"


def last_line(text):
    return text.splitlines()[-1]


def test_danger_in_the_middle_of_a_talk_is_stored_at_once_with_what_was_said_before(phone, stored):
    for text in ("举报", "跳过", "老王熟食店", "青屏大街"):
        phone.say(text)
    assert phone.say(FED).startswith("请马上拨打120")
    (made,) = stored()
    assert (made.urgency, made.merchant, made.address, made.description) == (2, "老王熟食店", "青屏大街", FED)
    phone.say("三年级二班的")
    assert len(stored()) == 1


def test_a_question_back_is_answered_and_the_question_stays(phone):
    phone.say("举报 店名：老王熟食店 问题：肉臭")
    reply = phone.say("举报会不会泄露我的名字？")
    assert "地址" in last_line(reply)
    assert "加密保存" in reply


@pytest.mark.parametrize("name", ["医院旁边那家店", "怎么这么好吃饭店"])
def test_a_name_is_an_answer_however_it_sounds(phone, stored, name):
    phone.say("举报")
    phone.say("跳过")
    assert "地址" in last_line(phone.say(name))
    assert stored() == []


def test_a_question_in_a_story_is_part_of_the_story(phone, stored):
    for text in ("举报", "跳过", "老王熟食店", "青屏大街", "他家的肉发臭，这样卖合法吗？"):
        reply = phone.say(text)
    assert "照片" in last_line(reply)
    phone.say("提交")
    assert stored()[0].description == "他家的肉发臭，这样卖合法吗？"


@pytest.mark.parametrize("name", ["没问题饭店", "忘不了火锅店", "不二家蛋糕店"])
def test_a_shop_may_be_called_like_a_refusal(phone, stored, name):
    for text in ("举报", "跳过", name, "青屏大街", "肉臭", "提交"):
        phone.say(text)
    assert stored()[0].merchant == name


UNTIL_NAME = ("投诉", "好又多超市", "西大街", "奶是坏的", "退钱", "没有", "李四")


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        (("不对，我叫李五", "13812345678", "东大街3号"), "name", "李五"),
        (("不对，是李五", "13812345678", "东大街3号"), "name", "李五"),
        (("13812345678", "不对，是13912345678", "东大街3号"), "phone", "13912345678"),
        (("13812345678", "东大街3号", "我家住北大街5号"), "address", "北大街5号"),
        (("13812345678", "东大街3号", "13912345678"), "phone", "13912345678"),
        (("13812345678", "东大街3号", "我的电话是13912345678"), "phone", "13912345678"),
    ],
)
def test_what_was_said_of_oneself_is_put_right_and_read_by_nobody_in_the_text(
    phone, stored, service, said, field, value
):
    for text in (*UNTIL_NAME, *said, "提交"):
        phone.say(text)
    (made,) = stored()
    person = service.db.write(lambda tx: identity.reveal(tx, made.id, reason="test", by="test", number=made.number))
    assert getattr(person, field) == value
    assert value not in made.description


def test_the_telephone_of_somebody_else_is_not_ones_own(phone, stored, service):
    for text in (*UNTIL_NAME, "13812345678", "东大街3号", "老板电话是13912345678", "提交"):
        phone.say(text)
    (made,) = stored()
    person = service.db.write(lambda tx: identity.reveal(tx, made.id, reason="test", by="test", number=made.number))
    assert person.phone == "13812345678"


def test_不对_before_the_first_answer_belongs_to_it(phone, stored):
    for text in ("举报", "跳过", "不对，是老王熟食店", "青屏大街12号", "卖过期卤肉", "提交"):
        phone.say(text)
    assert [case.merchant for case in stored()] == ["老王熟食店"]
