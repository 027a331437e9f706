"""Numbers that identify a person leave the text; everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.masking import Masked, mask


@pytest.mark.parametrize(
    ("text", "masked", "number"),
    [
        ("电话13812345678。", "电话138****5678。", "13812345678"),
        ("138 1234 5678", "138****5678", "138 1234 5678"),
        ("138-1234-5678", "138****5678", "138-1234-5678"),
        ("１３８１２３４５６７８", "１３８****５６７８", "１３８１２３４５６７８"),
        ("座机0371-69851234", "座机037****1234", "0371-69851234"),
        ("身份证410183199003071234", "身份证410****1234", "410183199003071234"),
        ("41018319900307123X", "410****123X", "41018319900307123X"),
    ],
)
def test_a_personal_number_is_covered_and_kept_aside(text, masked, number):
    assert mask(text).text == masked
    assert mask(text).numbers == (number,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "花了1380元买12345斤",
        "条码6901234567892",
        "订单号20261123138123456789012",
        "生产日期2026-11-23，批号20261123",
        "拨打12315和120",
        "统一社会信用代码91410183MA40ABCD1X",
    ],
)
def test_other_numbers_stay(text):
    assert mask(text) == Masked(text, ())


@given(st.text(st.characters(exclude_categories=["Nd"])))
def test_a_text_without_digits_is_untouched(text):
    assert mask(text).text == text


@given(st.lists(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), min_size=1, max_size=4))
def test_of_several_numbers_none_stays(numbers):
    masked = mask("，".join(numbers))
    assert masked.numbers == tuple(numbers)
    assert not any(number in masked.text for number in numbers)


@given(st.text(st.sampled_from("0123456789 -甲")))
def test_what_is_masked_needs_no_second_masking(text):
    once = mask(text).text
    assert mask(once).text == once
