"""Words and their marks, looked up in one pass; whether a word stands, is denied or only supposed."""

import pytest

from handlers.understanding.lexicon import OFTEN, Lexicon, Mention, first_few, longest, negation


def words(listed: str, text: str) -> list[str]:
    return [text[one.start : one.end] for one in Lexicon({"x": [listed]}).mentions(text)]


@pytest.mark.parametrize(
    ("listed", "text", "found"),
    [
        ("过期", "过期又过期", ["过期", "过期"]),
        ("退…钱", "退了我的钱", ["退了我的钱"]),
        ("退…钱", "退。给我钱", []),
        ("#个人", "来了十几个人", ["十几个人"]),
        ("多收#块", "多收三百块", ["多收三百块"]),
        ("能退不$", "能退不？能退不锈钢", []),
        ("能退不$", "能退不,谢谢", ["能退不"]),
        ("^你好", "你好,不你好", ["你好"]),
        ("a.b", "axb a.b", ["a.b"]),
        ("家电×话", "厂家电话", []),
        ("家电×话", "家电坏了", ["家电"]),
        ("120", "5120", []),
        ("#个人", "21个人", ["21个人"]),
    ],
)
def test_marks_mean_what_the_tables_say(listed, text, found):
    assert words(listed, text) == found


def test_of_words_within_words_the_longest_stays():
    found = Lexicon({"a": ["毒", "中毒"], "b": ["食物中毒", "拉"]}).mentions("食物中毒拉肚子")
    assert [one.word for one in longest(found)] == ["食物中毒", "拉"]


def meant(text, word):
    start = text.index(word)
    return negation(text, Mention("symptom", word, start, start + len(word)))


@pytest.mark.parametrize("text", ["孩子中毒了", "有人中毒", "不光中毒还住院了", "怕是中毒了", "老板没说就中毒了"])
def test_as_it_stands(text):
    assert meant(text, "中毒") == ""


@pytest.mark.parametrize("text", ["没有中毒，就是不新鲜", "没人中毒", "中毒倒没有", "差点中毒"])
def test_denied(text):
    assert meant(text, "中毒") == ":denied"


@pytest.mark.parametrize(
    "text", ["如果中毒了怎么办", "万一吃了中毒", "会不会中毒", "担心中毒", "怕吃了中毒", "迟早中毒", "演习有人中毒"]
)
def test_supposed(text):
    assert meant(text, "中毒") == ":supposed"


def test_what_is_said_over_and_over_is_looked_at_a_few_times():
    mentions = Lexicon({"a": ["吐"], "b": ["疼"]}).mentions("吐" * 50 + "疼")
    assert [one.name for one in first_few(mentions)] == ["a"] * OFTEN + ["b"]
