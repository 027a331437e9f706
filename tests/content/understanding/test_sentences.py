"""The table of sentences: what the chat asks for is there, and a part that is none is named."""

from pathlib import Path

import pytest

from content.errors import ContentError
from content.understanding import sentences

FILE = Path(sentences.__file__).with_suffix(".toml")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "own"', 'name = "report"', "own"),
        ('[0, "lead", "wrong"]', '[0, "leed", "wrong"]', "您是不是要写“lead”？"),
        ('["改成", "改为", "换成"]]', '["改成", "改为", "换成"], "value"]', "“地址改成西大街3号”的 parts"),
        ('["是"], "value"]', '["是"]]', "“不是12号，是14号”的 parts"),
        ('"lead", "wrong", ["", "了", "啊", "了啊"], "answer"', '"lead", "answer", "answer"', "“answer”写了两次"),
    ],
)
def test_what_the_chat_could_not_read_is_named(old, new, told, tmp_path):
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / FILE.name
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=told) as refusal:
        sentences.load(path)
    assert FILE.name in str(refusal.value)
