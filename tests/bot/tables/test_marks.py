"""Marks that keep a text a text: taken off when a file is read, put on when one is written."""

import pytest

from bot.tables.marks import harmless, unmarked


@pytest.mark.parametrize("marked", ["'0123", '="0123"', '=" 0123 "', "0123"])
def test_the_mark_is_no_part_of_the_text(marked):
    assert unmarked(marked) == "0123"


@pytest.mark.parametrize("text", ["", "老王’s店", "=1+1", '="a"&"b', '"0123"', "a='b'"])
def test_what_is_no_mark_stays(text):
    assert unmarked(text) == text


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)"])
def test_a_formula_is_written_as_text_and_read_as_it_was(formula):
    assert harmless(formula)[0] == "'"
    assert unmarked(harmless(formula)) == formula
