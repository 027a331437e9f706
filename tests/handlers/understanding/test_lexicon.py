"""Words and their marks, looked up in one pass."""

import pytest

from handlers.understanding.lexicon import Lexicon, longest


def words(listed: str, text: str) -> list[str]:
    return [text[one.start : one.end] for one in Lexicon({"x": [listed]}).mentions(text)]


@pytest.mark.parametrize(
    ("listed", "text", "found"),
    [
        ("过期", "过期又过期", ["过期", "过期"]),
        ("退…钱", "退了我的钱", ["退了我的钱"]),
        ("退…钱", "退。给我钱", []),
        ("#个人", "来了十几个人", ["十几个人", "几个人"]),
        ("多收#块", "多收三百块", ["多收三百块"]),
        ("能退不$", "能退不？能退不锈钢", []),
        ("能退不$", "能退不,谢谢", ["能退不"]),
        ("^你好", "你好,不你好", ["你好"]),
        ("a.b", "axb a.b", ["a.b"]),
    ],
)
def test_marks_mean_what_the_tables_say(listed, text, found):
    assert words(listed, text) == found


def test_of_words_within_words_the_longest_stays():
    found = Lexicon({"a": ["毒", "中毒"], "b": ["食物中毒", "拉"]}).mentions("食物中毒拉肚子")
    assert [one.word for one in longest(found)] == ["食物中毒", "拉"]
