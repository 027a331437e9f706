"""What a short message says as a whole, and what one word in a short answer says."""

import pytest

from handlers.understanding.phrases import meant, within


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我不方便留名字", "refuse"),
        ("保密", "refuse"),
        ("【提交】", "submit"),
        ("核对无误！", "agree"),
        ("没有照片了", "done"),
        ("不知道叫啥", "unknown"),
        ("俺不报了", "stop"),
        ("太麻烦了不弄了", "stop"),
        ("为什么要留姓名", "why"),
        ("谢谢你们，辛苦了", "thanks"),
        ("👍", "thanks"),
        ("他退钱了", "withdraw"),
        ("转人工", "human"),
        ("刚才打错了", "mistaken"),
        ("我想反映个问题", "report"),
    ],
)
def test_phrases(text, name):
    assert name in meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "张三",
        "老王熟食店",
        "肉都发臭了",
        "老板不退钱",
        "没洗手就抓肉",
        "不知道他家的肉放了几天",
        "谢谢你们能来查查他家的后厨好吗我求求你们了",
    ],
)
def test_what_tells_something_is_no_phrase(text):
    assert meant(text) == frozenset()


def test_a_word_decides_in_a_short_answer_to_its_question_alone():
    assert "unknown" in within("门口没挂牌子", "merchant")
    assert within("门口没挂牌子", "problem") == frozenset()
    assert within("他家门口没挂牌子，卖的肉都是从外地拉来的", "merchant") == frozenset()


def test_the_work_is_bounded(monkeypatch):
    for text in ("好的" * 1000, "我" * 2000):
        assert meant(text) == frozenset()
        assert within(text, "name") == frozenset()


def test_dialect_in_the_table_is_read_as_dialect_in_the_message():
    assert "ask" in within("定位咋发", "address")
    assert "ask" in within("定位怎么发", "address")


@pytest.mark.parametrize("text", ["不想接电话", "别给我打电话"])
def test_what_is_denied_is_not_wanted(text):
    assert "human" not in within(text, "phone")
