"""What was found is shown where it stands, as it was written."""

import pytest

from bot.console.marks import AROUND, found_in


@pytest.mark.parametrize(
    ("text", "asked", "pieces"),
    [
        ("卖过期卤肉", "卤肉", [("卖过期", False), ("卤肉", True)]),
        ("卤肉和卤肉", "卤肉", [("卤肉", True), ("和", False), ("卤肉", True)]),
        ("过期卤肉", "卤肉 过期", [("过期卤肉", True)]),
        ("ＫＦＣ店", "kfc", [("ＫＦＣ", True), ("店", False)]),
        ("老\u200b王", "老王", [("老", True), ("\u200b", False), ("王", True)]),
        ("卖过期卤肉", "茶叶", []),
        ("", "卤肉", []),
        ("卖过期卤肉", "，", []),
    ],
)
def test_matches_are_cut_out_of_the_text(text, asked, pieces):
    assert found_in(text, asked) == pieces


def test_of_a_long_text_the_piece_around_the_first_match_is_shown():
    pieces = found_in("前" * 100 + "卤肉" + "后" * 100, "卤肉")
    assert pieces[0][0].startswith("…前")
    assert pieces[1] == ("卤肉", True)
    assert pieces[-1] == ("…", False)
    assert sum(len(text) for text, _ in pieces) <= 3 * AROUND + 2
