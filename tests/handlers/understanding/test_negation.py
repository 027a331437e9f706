"""How a word is meant: as it stands, denied, or only supposed."""

import pytest

from handlers.understanding import lexicon
from handlers.understanding.lexicon import Mention


def meant(text, word):
    start = text.index(word)
    return lexicon.negation(text, Mention("symptom", word, start, start + len(word)))


@pytest.mark.parametrize("text", ["孩子中毒了", "有人中毒", "不光中毒还住院了", "老板没说就中毒了"])
def test_as_it_stands(text):
    assert meant(text, "中毒") == ""


@pytest.mark.parametrize("text", ["没有中毒，就是不新鲜", "没人中毒", "中毒倒没有"])
def test_denied(text):
    assert meant(text, "中毒") == ":denied"


@pytest.mark.parametrize("text", ["如果中毒了怎么办", "万一吃了中毒", "会不会中毒", "担心中毒"])
def test_supposed(text):
    assert meant(text, "中毒") == ":supposed"
