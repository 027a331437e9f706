"""What others wrote is no sign of a document: no title, no cell, nothing that XML refuses."""

import pytest

from content.papers import texts


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("# 一", "＃ 一"),
        ("> 一", "＞ 一"),
        ("甲|乙", "甲｜乙"),
        ("甲\n乙", f"甲{texts.BREAK}乙"),
        ("甲\x00\x0b乙", "甲  乙"),
        ("\ud800", " "),
        ("　甲", "　甲"),
        (7, 7),
    ],
)
def test_what_others_wrote_is_made_plain(written, said):
    assert texts.plain(written) == said
