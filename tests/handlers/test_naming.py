"""Whose name stands in a message, and where."""

import pytest

from handlers.recognition import recognise


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("在青屏大街老王熟食店买的卤肉臭了", "老王熟食店"),
        ("好又多超市卖过期牛奶", "好又多超市"),
        ("李记烧饼店用的油是黑的", "李记烧饼店"),
        ("举报新密市鑫源食品有限公司使用过期原料", "新密市鑫源食品有限公司"),
        ("育才幼儿园的饭里有虫", "育才幼儿园"),
        ("有一家叫“福满楼”的饭店用地沟油", "福满楼"),
    ],
)
def test_a_proper_name_is_found_as_written(text, name):
    assert recognise(text).merchant == name


@pytest.mark.parametrize(
    "text",
    ["楼下超市卖过期牛奶", "村口小卖部的辣条是假的", "那家饭店后厨有老鼠", "学校食堂的菜不新鲜", "一家烧烤店用死猪肉"],
)
def test_a_word_for_any_shop_is_no_name(text):
    assert recognise(text).merchant == ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("超化镇圣帝庙村有人卖假酒", "超化镇圣帝庙村"),
        ("青屏大街与溱水路交叉口有个摊卖臭肉", "青屏大街与溱水路交叉口"),
        ("嵩山大道12号那家店卖过期货", "嵩山大道12号"),
    ],
)
def test_a_place_is_found_as_written(text, place):
    assert recognise(text).place == place
