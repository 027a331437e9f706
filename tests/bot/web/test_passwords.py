"""Secrets that staff use."""

import pytest
from argon2 import Type

from bot.web.passwords import STRENGTH, hash_password, make_secret, matches


def test_a_printed_secret_is_letters_and_digits_and_never_the_same():
    secrets = {make_secret(16) for _ in range(200)}
    assert len(secrets) == 200
    assert all(len(one) == 16 and one.isascii() and one.isalnum() for one in secrets)


def test_a_password_matches_its_hash_only():
    hashed = hash_password("correct-horse-1")
    assert "correct" not in hashed
    assert matches(hashed, "correct-horse-1")
    assert not matches(hashed, "correct-horse-2")
    assert hash_password("correct-horse-1") != hashed


def test_a_stolen_hash_costs_memory_and_time_to_try():
    """RFC 9106, second recommended option: 64 MiB, three passes."""
    assert (STRENGTH.type, STRENGTH.memory_cost, STRENGTH.time_cost, STRENGTH.parallelism) == (Type.ID, 65536, 3, 4)


@pytest.mark.parametrize("hashed", ["", "x", "$argon2id$v=19$broken"])
def test_no_password_matches_what_is_no_hash(hashed):
    assert not matches(hashed, "")
    assert not matches(hashed, "anything")
