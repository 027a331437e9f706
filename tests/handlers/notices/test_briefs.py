"""What a citizen wrote, as it may stand in front of whoever is called."""

import pytest

from handlers.notices import briefs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("西大街12号", "西大街12号"),
        ("西大街\n查看：http://evil.example/a", "西大街 查看：http：//evil．example/a"),
        ('<a href="http://evil.example">点此登录处置</a>', '＜a href="http：//evil．example">点此登录处置＜/a>'),
        ("西大街\r\n\u2028【紧急】\x0b假的\x85又一行", "西大街 【紧急】 假的 又一行"),
        ("evil\u200b.\u200bcn 反\u202e写\x07", "evil．cn 反写"),
        ("  长" + "长" * 300, "长" * 100),
    ],
)
def test_it_is_plain_text_on_one_line_without_an_address_to_tap(written, shown):
    assert briefs.line(written) == shown
