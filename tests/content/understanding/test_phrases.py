"""The table of phrases: each is there, and none is listed twice."""

import re

import pytest

from content.errors import ContentError
from content.understanding import phrases

FILE = "phrases.toml"


def test_a_phrase_that_the_chat_asks_for_may_not_be_missing(tmp_path):
    whole = phrases.__file__.replace("phrases.py", FILE)
    with open(whole, encoding="utf-8") as file:
        text = file.read()
    without = re.sub(r'\[\[phrase\]\]\nname = "thanks".*?(?=\[\[)', "", text, flags=re.S)
    (tmp_path / FILE).write_text(without, encoding="utf-8")
    with pytest.raises(ContentError, match="thanks"):
        phrases.load(tmp_path / FILE)
