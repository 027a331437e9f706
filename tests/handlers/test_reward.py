"""What a report amounts to, and the codes that stand for a person."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rewards import rule
from handlers.reward import LETTERS, amount, make_code, plain_code

RULE = rule(date(2026, 11, 23))
YUAN = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("level", "base", "expected"),
    [
        ("1", "0", "5000.00"),
        ("2", "0", "3000.00"),
        ("3", "0", "1000.00"),
        ("1", "100000", "5000.00"),
        ("1", "100000.20", "5000.01"),
        ("2", "100000.01", "3000.00"),
        ("2", "200000", "6000.00"),
        ("3", "123456.78", "1234.57"),
        ("1", "20000000", "1000000.00"),
        ("1", "20000000.01", "1000000.00"),
        ("3", "999999999.99", "1000000.00"),
    ],
)
def test_the_percentage_the_floor_and_the_cap(level, base, expected):
    assert amount(level, Decimal(base), RULE) == Decimal(expected)
    assert str(amount(level, Decimal(base), RULE)) == expected


@given(base=YUAN, more=YUAN)
def test_more_fined_is_never_less_rewarded_and_a_better_level_never_worse(base, more):
    for level, worse in (("1", "2"), ("2", "3")):
        assert amount(level, base, RULE) >= amount(worse, base, RULE)
        assert amount(level, base + more, RULE) >= amount(level, base, RULE)
        assert RULE.levels[level].floor <= amount(level, base, RULE) <= RULE.cap


def test_codes_are_long_readable_and_never_alike():
    codes = {make_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(f"([{LETTERS}]{{4}}-){{4}}[{LETTERS}]{{4}}", code) for code in codes)
    assert not set("01ILO") & set(LETTERS)


@pytest.mark.parametrize("typed", ["{}", " {} ", "\t{}\n"])
def test_a_code_is_understood_however_it_is_typed(typed):
    code = make_code()
    for form in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("-", "－")):
        assert plain_code(typed.format(form)) == code
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert plain_code(full_width) == code
