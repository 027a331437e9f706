"""A talk becomes the other kind in plain words, with all that was said."""

import pytest

from handlers.chat import turning


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("算了不要钱了，就举报他", "report"),
        ("改成投诉", "complaint"),
        ("我要他赔钱", "complaint"),
        ("让他把钱退给我", "complaint"),
        ("还是投诉吧 我想换一罐", "complaint"),
        ("钱我不要了 你们罚他就行", "report"),
        ("换不换无所谓了 你们去查查他", "report"),
        ("我要举报他家卖假酒", ""),
        ("他家后厨全是老鼠，改天再说", ""),
    ],
)
def test_what_is_wanted(text, kind):
    assert turning.wanted(text) == kind


def test_who_wants_no_money_any_more_need_give_no_name(phone, stored):
    for text in ("投诉", "好又多超市", "西大街", "奶是坏的", "不要钱了，就举报他"):
        phone.say(text)
    for text in ("没有", "匿名", "提交"):
        phone.say(text)
    (made,) = stored()
    assert (made.kind, made.named, made.merchant) == ("report", False, "好又多超市")


def test_what_is_told_beside_the_wish_for_the_other_kind_is_kept(phone, stored):
    for text in ("举报", "跳过", "好又多超市", "西大街", "奶里有一根长头发，还有我要他赔我38块"):
        phone.say(text)
    for text in ("没有", "贾有田", "13900006612", "东营巷2号", "提交"):
        phone.say(text)
    (made,) = stored()
    assert (made.kind, made.description) == ("complaint", "奶里有一根长头发，还有我要他赔我38块")
