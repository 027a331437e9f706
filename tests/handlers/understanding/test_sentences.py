"""Sentences in parts: each example shows what it is there for, and an office's own words are understood."""

from pathlib import Path

import pytest
from msgspec import structs

from content.understanding.sentences import SENTENCES, load
from handlers.understanding import sentences
from handlers.understanding.sentences import READER, Correction, Reader
from tests.verbs import WHOLE

NOBODY = (0, ("从来没人这样说",))
FILE = Path(sentences.sentences.__file__).with_suffix(".toml")


@pytest.fixture
def office_says(monkeypatch, tmp_path):
    """An office that writes its own words into the file."""

    def write(old, new):
        text = FILE.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / FILE.name
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        monkeypatch.setattr(sentences, "READER", Reader(load(path)))

    return write


@pytest.mark.parametrize("one", SENTENCES.sentence, ids=lambda one: one.example)
def test_each_row_shows_its_own_example(one):
    end = {"correction": "value"}
    others = [
        structs.replace(row, parts=(*NOBODY, end.get(row.name, 0))) for row in SENTENCES.sentence if row is not one
    ]
    assert Reader(structs.replace(SENTENCES, sentence=(*others, one))).says(one.example, one.name)


@pytest.mark.parametrize(
    ("text", "correction"),
    [
        ("不好意思，刚才地址 写错了 ，是14号", Correction("address", "14号")),
        ("不是老王是老李", Correction("", "老李", "老王")),
        ("我说不对，是他家", None),
    ],
)
def test_a_correction_begins_the_message_and_says_what_is_right(text, correction):
    assert READER.correction(text) == correction


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("改 成，投诉", "complaint", True),
        ("改成投诉，他家后厨里全是老鼠", "complaint", False),
        ("我要他赔钱的", "complaint", True),
        ("我要他赔钱包", "complaint", False),
        ("什么时候能来查", "own", True),
        ("什么时候说好了的这个周末有人来", "own", False),
    ],
)
def test_a_number_is_how_much_may_stand_there(text, name, said):
    assert READER.says(text, name) is said


def test_a_correction_in_the_words_of_the_place(phone, stored, office_says):
    office_says('wrong = ["不对"', 'wrong = ["整岔了", "不对"')
    for text in ("举报", "跳过", "老王熟食店", "青屏大街12号"):
        phone.say(text)
    for text in ("地址整岔了，是西大街3号", "卤肉是馊的", "提交"):
        phone.say(text)
    assert [case.address for case in stored()] == ["西大街3号"]


def test_a_shop_is_called_in_the_words_of_the_place(phone, stored, office_says):
    office_says('merchant = ["店名"', 'merchant = ["字号", "店名"')
    for text in ("举报", "跳过", "老王熟食店", "青屏大街12号", "字号打错了，是好又多", "卤肉是馊的", "提交"):
        phone.say(text)
    assert [case.merchant for case in stored()] == ["好又多"]


def test_one_turns_a_complaint_into_a_report_in_the_words_of_the_place(phone, office_says):
    office_says('"不赔也行"]', '"不赔也行", "光想"]')
    for text in ("投诉", "好又多超市", "西大街", "奶是坏的"):
        phone.say(text)
    assert "举报" in phone.say("光想举报嘞")


def test_one_asks_after_the_own_case_in_the_words_of_the_place(phone, office_says):
    office_says('["咋样", "怎么样", "如何"]', '["咋样", "弄啥样", "怎么样", "如何"]')
    phone.say(WHOLE)
    phone.clock.advance(minutes=30)
    assert "SA20" in phone.say("查得弄啥样嘞")
