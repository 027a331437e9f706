"""Cells as bureaus fill them in: what says nothing is nothing, and what says something is kept one way."""

import pytest

from content.registers.imports import COLUMNS
from handlers.registers import cells


def kept(key, cell):
    return cells.read(key, COLUMNS["penalties"][key], cell)


@pytest.mark.parametrize("nothing", ["", "/", "／", "无", "-", "－", "—", "——", "空", "暂无"])
@pytest.mark.parametrize("key", ["fine", "confiscated", "valid_until", "code", "note", "permit"])
def test_a_sign_for_nothing_is_nothing(key, nothing):
    assert kept(key, nothing) == ""


@pytest.mark.parametrize("nothing", ["", "/", "无", "—"])
@pytest.mark.parametrize("key", ["name", "document", "decided_on"])
def test_it_is_not_enough_where_something_must_be(key, nothing):
    with pytest.raises(ValueError, match="不能为空"):
        kept(key, nothing)


@pytest.mark.parametrize("endless", ["长期", "永久"])
def test_what_has_no_end_has_no_day_of_it(endless):
    assert kept("valid_until", endless) == ""


@pytest.mark.parametrize(
    ("written", "amount"),
    [("5000元", "0.5"), ("５０００元", "0.5"), ("0.5 万元", "0.5"), ("10,000元", "1"), ("1元", "0.0001")],
)
def test_a_unit_that_is_written_out_counts(written, amount):
    assert kept("fine", written) == amount


@pytest.mark.parametrize("masked", ["91410183MA********", "9141******Y43", "000000000000000000", "0"])
def test_a_masked_code_and_zeros_are_nobodys(masked):
    assert kept("code", masked) == ""


@pytest.mark.parametrize(("written", "restored"), [("Y", 1), ("y", 1), ("N", 0), ("已修复", 1), ("/", 0)])
def test_restored_in_other_words(written, restored):
    assert kept("restored", written) == restored


@pytest.mark.parametrize(("key", "most"), [("name", 200), ("document", 200), ("facts", 5000)])
def test_a_text_has_an_end(key, most):
    assert kept(key, "字" * most) == "字" * most
    with pytest.raises(ValueError, match=f"有{most + 1}个字，最多{most}个"):
        kept(key, "字" * (most + 1))
