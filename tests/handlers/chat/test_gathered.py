"""A story in several messages becomes one report."""


def test_fragments_become_one_report(phone, stored):
    for text in ("前天", "在东头夜市", "买的卤牛肉 发绿了"):
        phone.say(text)
    phone.say("提交")
    (made,) = stored()
    for word in ("前天", "东头夜市", "卤牛肉"):
        assert word in made.description


def test_a_question_in_between_is_answered_and_the_story_stays(phone, stored):
    phone.say("在东头夜市")
    assert "匿名" in phone.say("可以匿名举报吗")
    phone.say("举报")
    for text in ("跳过", "老王熟食店", "提交"):
        phone.say(text)
    assert "东头夜市" in stored()[0].description


def test_another_persons_fragments_are_theirs(phone, other_phone, stored):
    phone.say("在东头夜市")
    other_phone.say("举报 店名：甲 地址：乙 问题：丙")
    assert "夜市" not in stored()[0].description
