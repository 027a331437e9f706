"""Codes to read out and type."""

from handlers.codes import LETTERS, make_code


def test_no_letter_is_taken_for_another():
    assert not set("01IO") & set(LETTERS)
    assert len(set(LETTERS)) == len(LETTERS) == 32


def test_codes_have_their_length_and_do_not_come_again():
    made = {make_code(8) for _ in range(500)}
    assert len(made) == 500
    assert all(len(code) == 8 and set(code) <= set(LETTERS) for code in made)
