"""The unified social credit code: right ones pass, wrong ones are told why."""

import pytest

from handlers.registers import credit_codes

RIGHT = ("91350100M000100Y43", "91110000600037341L")


@pytest.mark.parametrize("code", RIGHT)
def test_right_codes_have_no_fault(code):
    assert credit_codes.fault(code) == ""
    assert credit_codes.check_letter(code) == code[-1]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("91350100M000100Y4", "应为18位，这里是17位"),
        ("91350100M000100Y433", "这里是19位"),
        ("91350100M0001O0Y43", "第14位“O”"),
        ("9135010AM000100Y43", "第3至8位"),
        ("000000000000000000", "第1位“0”"),
        ("91350100M000100Y44", "校验码"),
        ("91350100M000010Y43", "校验码"),
    ],
)
def test_a_wrong_one_is_told_why(code, why):
    assert why in credit_codes.fault(code)


def test_every_single_wrong_character_is_noticed():
    for place in range(18):
        for letter in credit_codes.LETTERS:
            changed = RIGHT[0][:place] + letter + RIGHT[0][place + 1 :]
            assert bool(credit_codes.fault(changed)) == (changed != RIGHT[0]), changed


@pytest.mark.parametrize(
    "typed", ["91350100m000100y43", "9135 0100 M000 100Y 43", "９１３５０１００Ｍ０００１００Ｙ４３"]
)
def test_it_may_be_typed_in_any_dress(typed):
    assert credit_codes.plain(typed) == RIGHT[0]
    assert credit_codes.looks_like_code(typed)


@pytest.mark.parametrize("typed", ["老王熟食店", "7-11", "KFC", "1314520", "青屏大街12号", ""])
def test_a_name_is_not_taken_for_a_code(typed):
    assert not credit_codes.looks_like_code(typed)


def test_a_code_with_a_character_too_few_is_still_meant_as_one():
    assert credit_codes.looks_like_code("9135010M000100Y4")
