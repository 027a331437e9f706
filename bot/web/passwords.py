"""Secrets that staff use: argon2id for passwords, random letters and digits for what is printed."""

import secrets
import string
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

ALPHABET = string.ascii_letters + string.digits
MINIMUM = 10
_hasher = PasswordHasher()


def make_secret(length: int) -> str:
    """A random secret of letters and digits: 5.95 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def hash_password(password: str) -> str:
    """The argon2id hash, with its parameters and salt."""
    return _hasher.hash(password)


@cache
def _decoy() -> str:
    """Checked for names that do not exist, so that the answer takes as long."""
    return hash_password(make_secret(16))


def matches(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed or _decoy(), password) and bool(hashed)
    except (Argon2Error, InvalidHashError):
        return False


def weakness(password: str, name: str) -> str:
    """What is wrong with a new password, in Chinese; '' when nothing is."""
    kinds = sum(any(test(letter) for letter in password) for test in (str.isdigit, str.isalpha))
    if len(password) < MINIMUM:
        return f"新密码至少{MINIMUM}位。"
    if name and name.lower() in password.lower():
        return "新密码不能包含账号名。"
    if kinds < 2 or len(set(password)) < 5:
        return "新密码要同时有字母和数字，且不能太简单。"
    return ""
