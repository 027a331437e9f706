"""Whose name stands in a message: proper names as written, and nobody's for what is general."""

import pytest

from handlers.understanding.recognition import recognise


def merchant(text: str) -> str:
    return recognise(text).merchant


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("举报青屏大街鲜丰生鲜把隔夜肉重新贴标签卖", "鲜丰生鲜"),
        ("在德福酒店订的包间，定金不退", "德福酒店"),
        ("福满楼后厨老鼠乱跑", "福满楼"),
        ("曲梁镇豫香源食品有限公司用病死猪做火腿肠", "豫香源食品有限公司"),
        ("嵩山大道家乐超市卖过期牛奶", "家乐超市"),
        ("吃了张记胡辣汤拉肚子，现在好了，去查查", "张记胡辣汤"),
        ("康寿堂发传单说蜂胶能抗癌", "康寿堂"),
        ("华润万家有没有食品许可证", "华润万家"),
        ("感谢查处，好又多超市已经退钱了", "好又多超市"),
    ],
)
def test_a_proper_name_is_found_as_written(text, name):
    assert merchant(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "一家饭店用地沟油",
        "楼下超市卖过期牛奶",
        "村口小卖部的辣条没有厂名",
        "学校食堂的饭有虫子",
        "那个小饭馆卫生差",
        "外卖里有头发",
        "谢谢你们",
        "请问健康证在哪里办",
    ],
)
def test_what_is_general_is_nobodys_name(text):
    assert merchant(text) == ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("西大街老赵烩面馆吃出蟑螂", "西大街"),
        ("米村镇有个黑作坊做辣条", "米村镇"),
        ("牛店镇北召村小学门口那家卖三无辣条", "牛店镇北召村"),
        ("青屏大街与嵩山大道交叉口聚财烟酒卖假酒", "青屏大街与嵩山大道交叉口"),
        ("在新华路12号买的馒头发霉了", "新华路12号"),
        ("外卖里有头发", ""),
    ],
)
def test_the_place_is_told_as_written(text, place):
    assert recognise(text).place == place
