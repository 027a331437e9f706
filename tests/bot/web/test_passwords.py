"""Secrets that staff use."""

import pytest

from bot.web.passwords import DECOY, hash_password, make_secret, matches, weakness


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
    """RFC 9106, second recommended option: 64 MiB, three passes. The decoy was made as the real ones are."""
    assert DECOY.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize("hashed", ["", "x", "$argon2id$v=19$broken"])
def test_no_password_matches_what_is_no_hash(hashed):
    assert not matches(hashed, "")
    assert not matches(hashed, "anything")


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("short1", True),
        ("onlyletters", True),
        ("1234567890", True),
        ("a1a1a1a1a1a1", True),
        ("wang2026-xinmi", True),
        ("WANG2026-xinmi", True),
        ("qingping12street", False),
        ("青屏大街12号的老王熟食", False),
    ],
)
def test_a_weak_password_is_told_why(password, weak):
    assert bool(weakness(password, "wang")) == weak
