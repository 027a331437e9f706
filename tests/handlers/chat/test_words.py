"""Words full-width, half-width or spaced, and what follows them."""

import pytest

from handlers.chat.routing import TABLE

WORDS = sorted(TABLE.vocabulary.alone)


@pytest.mark.parametrize("form", ["{}", " {} ", "　{}　", "{}。", "{}！", "{}\n", "{}!"])
@pytest.mark.parametrize("word", WORDS)
def test_a_word_alone_is_known_in_every_dress(context, word, form):
    assert context(Content=form.format(word)).word == word


@pytest.mark.parametrize("text", ["举 报", "举　报", "举\t报", "上 一 步"])
def test_a_word_may_be_spaced(context, text):
    assert context(Content=text).word == text.replace(" ", "").replace("　", "").replace("\t", "")


@pytest.mark.parametrize("text", ["我要举报", "举报吧", "【举报】"])
def test_who_says_no_more_than_a_word_says_the_word(context, text):
    assert context(Content=text).word == "举报"


@pytest.mark.parametrize("text", ["", "不举报", "进度如何"])
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
        ("查询 老王", "查询", "老王"),
        ("查 老王", "查", "老王"),
        ("查老王", "查", "老王"),
        ("查", "查", ""),
        ("不满意 太慢", "不满意", "太慢"),
        ("我要举报 店名：甲", "", ""),
        ("老王", "", ""),
    ],
)
def test_what_follows_a_word(context, text, word, rest):
    opening = context(Content=text).opening
    assert (opening.word, opening.rest) == (word, rest)


@pytest.mark.parametrize("text", ["收到", "收到您的消息了", "绑定手机怎么弄", "曝光这家黑店", "问", "问题很严重", "好"])
def test_what_may_be_ordinary_text_is_no_command(context, text):
    assert not context(Content=text).is_command
