"""Passwords that everybody guesses first are known, and what people make up themselves is let through."""

import pytest

from handlers.people.guessable import is_guessable


@pytest.mark.parametrize(
    "password",
    [
        *("password123", "P@ssw0rd123", "passw0rd2024", "abc1234567", "qwerty12345", "1qaz2wsx3edc", "qwer1234asdf"),
        *("woaini1314520", "zhangsan1990", "Xinmi2026!!", "a1b2c3d4e5", "98765432xy", "admin888888", "iloveyou2024"),
    ],
)
def test_common_pieces_leave_too_little(password):
    assert is_guessable(password)


@pytest.mark.parametrize(
    "password",
    ["Brand7New8Pass", "Correct7Horse", "k3Tq9ZpW2m", "xiaomai-2-tudou", "9274650183xk", "青屏大街12号的老王熟食"],
)
def test_what_is_ones_own_is_left(password):
    assert not is_guessable(password)
