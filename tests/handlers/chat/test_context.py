"""What a message says: words full-width, half-width or spaced, and what follows them."""

import pytest

from handlers.chat.context import MENU, WORDS
from storage.chat import follower


@pytest.mark.parametrize("form", ["{}", " {} ", "　{}　", "{}。", "{}！", "{}\n", "{}!"])
@pytest.mark.parametrize("word", WORDS)
def test_a_word_alone_is_known_in_every_dress(context, word, form):
    assert context(Content=form.format(word)).word == word


@pytest.mark.parametrize("text", ["举 报", "举　报", "举\t报", "上 一 步"])
def test_a_word_may_be_spaced(context, text):
    assert context(Content=text).word == text.replace(" ", "").replace("　", "").replace("\t", "")


@pytest.mark.parametrize("text", ["", "我要举报", "举报吧", "不举报", "进度如何"])
def test_a_word_within_other_words_is_none(context, text):
    assert context(Content=text).word == ""


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("举报 店名：甲", "举报", "店名：甲"),
        ("举报：卖臭肉", "举报", "卖臭肉"),
        ("举报，卖臭肉", "举报", "卖臭肉"),
        ("举报\n店名：甲\n地址：乙", "举报", "店名：甲\n地址：乙"),
        ("进度　SA20261123-0001", "进度", "SA20261123-0001"),
        ("查询 老王", "查", "老王"),
        ("查 老王", "查", "老王"),
        ("查", "查", ""),
        ("我要举报 店名：甲", "举报", None),
        ("投诉 甲", "举报", None),
    ],
)
def test_what_follows_a_word(context, text, word, rest):
    assert context(Content=text).rest_after(word) == rest


@pytest.mark.parametrize("key", MENU)
def test_a_menu_key_stands_for_its_word(context, key):
    assert context("event:click", EventKey=key).word == MENU[key]


def test_an_unknown_key_and_what_is_no_text_say_nothing(context):
    assert context("event:click", EventKey="other").text == ""
    assert context("image", Content="举报").text == ""
    assert context("text").text == ""


def test_the_same_person_is_the_same_sender_and_another_is_not(context, ask):
    assert context().sender == ask(lambda tx: follower.sender_of(tx, "o1"))
    assert context().sender != ask(lambda tx: follower.sender_of(tx, "o2"))
