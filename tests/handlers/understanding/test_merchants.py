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
        ("另外还有一家，姐妹麻辣串，签子重复用", "姐妹麻辣串"),
        ("槐树街老马烧鸡店卖的烧鸡是病死鸡", "老马烧鸡店"),
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
    "text",
    [
        "第一小学门口那个小卖部卖三无辣条",
        "好想你旁边那家卖炒货的，瓜子都霉了",
        "说的不是好想你，是挨着它的那家",
        "蜜雪冰城对面的小吃店没有健康证",
        "二手房中介收了定金不退",
        "麻辣香锅里吃出钢丝球",
    ],
)
def test_a_landmark_what_is_denied_a_trade_and_a_dish_are_nobodys_name(text):
    assert merchant(text) == ""
    assert recognise(text).others == ()


def test_of_several_the_one_accused_is_first_and_the_others_are_kept():
    found = recognise("我在丹尼斯上班，举报华润万家卖过期奶")
    assert (found.merchant, found.others) == ("华润万家", ("丹尼斯",))
    assert recognise("福满楼卖过期肉，福满楼老板还骂人").others == ()


def test_a_name_of_the_register_is_found_inside_a_sentence():
    known = frozenset({"好又多", "一品", "超市"})
    text = "恁去瞅瞅好又多那肉都绿了还搁那卖"
    assert recognise(text, known=known).merchant == "好又多"
    assert recognise("楼下超市卖过期奶", known=known).merchant == ""
    assert recognise("好又多旁边那家店卖过期奶", known=known).merchant == ""


def test_a_longer_name_holds_that_of_the_register():
    found = recognise("举报青屏大街好又多超市卖过期奶", known=frozenset({"好又多"}))
    assert (found.merchant, found.others) == ("好又多超市", ())


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
