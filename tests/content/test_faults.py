"""What is told of a word that nobody knows."""

from content.faults import guess


def test_a_word_like_a_known_one_is_asked_for_and_else_all_are_named():
    assert guess("uphold", ["upheld", "declined"]) == "您是不是要写“upheld”？"
    assert guess("x", ["upheld", "declined"]) == "可以写：upheld、declined。"
    assert guess("x", []) == "请删去。"
