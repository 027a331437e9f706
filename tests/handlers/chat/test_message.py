"""A message as the platform pushed it."""

from handlers.chat.message import Message

MESSAGE = Message("oSecret", "gh", "text", "1764550000", "7", {"Content": "我叫张三", "Nested": {"a": "b"}})


def test_a_field_that_is_missing_or_no_text_is_empty():
    assert MESSAGE.text("Content") == "我叫张三"
    assert MESSAGE.text("Nested") == ""
    assert MESSAGE.text("PicUrl") == ""


def test_neither_sender_nor_words_are_shown_where_a_message_is_printed():
    assert "oSecret" not in repr(MESSAGE)
    assert "张三" not in repr(MESSAGE)
    assert "text" in repr(MESSAGE)
