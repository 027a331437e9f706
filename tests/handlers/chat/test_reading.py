"""A whole report in one message: any order, any separator, values as sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.reading import LABELS, label_values

VALUES = {
    "店名": "老王熟食店",
    "地址": "青屏大街12号，靠北",
    "问题": "卖过期卤肉：发臭",
    "时间": "昨天 8:30",
    "姓名": "张三",
}
FIELDS = {LABELS[label]: value for label, value in VALUES.items()}


@given(st.permutations(list(VALUES)), st.sampled_from([" ", "\n", "  ", "\r\n", "　", ""]), st.sampled_from("：:"))
def test_any_order_and_separator_gives_the_same_values(order, separator, colon):
    text = separator.join(f"{label}{colon}{VALUES[label]}" for label in order)
    assert label_values(text) == FIELDS


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="：:"), min_size=1).filter(
    lambda text: text == text.strip()
)


@given(PLAIN, PLAIN, PLAIN)
def test_values_are_untouched(merchant, address, problem):
    text = f"店名：{merchant}\n地址：{address}\n问题：{problem}"
    assert label_values(text) == {"merchant": merchant, "address": address, "problem": problem}


def test_a_label_that_comes_again_is_part_of_the_value_it_stands_in():
    assert label_values("店名：甲 问题：招牌写着店名：乙") == {"merchant": "甲", "problem": "招牌写着店名：乙"}


def test_no_label_gives_nothing():
    assert label_values("卖臭肉的店，地址在青屏大街") == {}
    assert label_values("") == {}


def test_a_label_without_a_value_is_left_out():
    assert label_values("店名： 地址：乙 问题：") == {"address": "乙"}


@pytest.mark.parametrize("text", ["店名 ： 甲", "店名: 甲", "店名\t:\t甲", "你好，店名：甲"])
def test_spaces_around_the_colon_and_words_before_do_not_matter(text):
    assert label_values(text) == {"merchant": "甲"}


def test_ones_own_address_is_not_the_shops():
    assert label_values("通讯地址：东大街 地址：西大街") == {"contact_address": "东大街", "address": "西大街"}


def test_both_words_for_a_telephone():
    assert label_values("联系电话：138") == label_values("电话：138") == {"phone": "138"}


def test_a_longer_word_that_ends_like_a_label_is_part_of_the_value():
    known = label_values("问题：买的鱼收货地址：写成别处，网店名：没写")
    assert known == {"problem": "买的鱼收货地址：写成别处，网店名：没写"}
