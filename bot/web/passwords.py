"""Secrets that staff use: argon2id for passwords, random letters and digits for what is printed."""

import secrets
import string
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.profiles import RFC_9106_LOW_MEMORY

ALPHABET = string.ascii_letters + string.digits
STRENGTH = RFC_9106_LOW_MEMORY
"""What it costs to try one password: 64 MiB and three passes (RFC 9106, second recommended option)."""
_hasher = PasswordHasher.from_parameters(STRENGTH)


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
