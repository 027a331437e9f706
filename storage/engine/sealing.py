"""Sealing: what could tell who reported is unreadable without the key file.

AES-256-GCM seals values, HMAC-SHA256 finds them again. A sealed value is bound to its place (table and column) and
its row: put anywhere else it does not open. A digest has a purpose, its table mostly, so that no two tables share one.
A sealed text is ``s1.`` + URL-safe base64 of nonce, ciphertext and tag; the number names the key, for rotation.
"""

import base64
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.engine import durable
from storage.errors import StorageError, told

KEY_BYTES = 32
NONCE_BYTES = 12
UNBOUND = "1."
"""How a value begins that the first versions sealed, for a purpose only."""


class Vault:
    """Seals and opens values, and digests them for look-up. `keys` are numbered from 1: the last one seals.

    Digests are made with the first for ever: with another, nothing would be found again.
    """

    def __init__(self, *keys: bytes) -> None:
        if wrong := [key for key in keys if len(key) != KEY_BYTES]:
            raise StorageError(f"a vault key has {KEY_BYTES} bytes, this one {len(wrong[0])}; restore the key file")
        self._keys = keys
        # Per instance, not per class: a cached key must die with its vault.
        self._cipher = cache(lambda number, place: AESGCM(self._derive(number, "place", place)))
        self._finder = cache(lambda purpose: self._derive(1, "find", purpose))

    def _derive(self, number: int, use: str, purpose: str) -> bytes:
        return hmac.digest(self._keys[number - 1], f"shian/{use}/{purpose}".encode(), "sha256")

    def seal_bytes(self, content: bytes, place: str, row: str) -> bytes:
        """The sealed form of `content`: the key's number, nonce, ciphertext and tag."""
        nonce, number = os.urandom(NONCE_BYTES), len(self._keys)
        sealed = self._cipher(number, place).encrypt(nonce, content, _bond(place, row))
        return f"s{number}.".encode() + nonce + sealed

    def open_bytes(self, sealed: bytes, place: str, row: str) -> bytes:
        """The content of `sealed`; raises StorageError when key, place or row differ or it was changed."""
        head, _, body = sealed.partition(b".")
        return self._open(head.decode("ascii", "replace"), body, place, row)

    def _open(self, head: str, body: bytes, place: str, row: str) -> bytes:
        number = int(head[1:]) if head[:1] == "s" and head[1:].isdecimal() else 0
        if not 1 <= number <= len(self._keys):
            raise StorageError(f"a sealed value ({place}) names an unknown key; was it written by a newer version?")
        try:
            return self._cipher(number, place).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], _bond(place, row))
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise _closed(place) from None

    def seal(self, text: str, place: str, row: str) -> str:
        """`seal_bytes` for text columns; `place` is ``table.column``, `row` its key."""
        head, _, body = self.seal_bytes(text.encode(), place, row).partition(b".")
        return f"{head.decode()}.{base64.urlsafe_b64encode(body).decode()}"

    def open(self, sealed: str, place: str, row: str) -> str:
        """The text sealed by `seal`; raises StorageError as `open_bytes` does."""
        head, _, body = sealed.partition(".")
        return self._open(head, _decoded(body), place, row).decode()

    def open_unbound(self, sealed: bytes | str, purpose: str) -> bytes:
        """What the first versions sealed for a purpose only, as text or as a file; for the way here from there."""
        body = _decoded(sealed.removeprefix(UNBOUND)) if isinstance(sealed, str) else sealed
        try:
            cipher = AESGCM(self._derive(1, "seal", purpose))
            return cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            raise _closed(purpose) from None

    def digest(self, text: str, purpose: str) -> str:
        """The keyed digest (hex) under which a value is found again."""
        return hmac.digest(self._finder(purpose), text.encode(), "sha256").hex()


def _bond(place: str, row: str) -> bytes:
    return f"{place}\x1f{row}".encode()


def _decoded(body: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(body)
    except ValueError:
        return b""  # does not open either


def _closed(place: str) -> StorageError:
    return StorageError(
        f"a sealed value ({place}) does not open: it was changed or comes from another row, or the key file is not "
        "the one it was sealed under; restore the right key file"
    )


def make_key_file(path: Path) -> bool:
    """Write a new random key, on disk before this returns; False when there is one already. Raises OSError."""
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    try:
        durable.create(path, f"shian-key-1 {key}\n".encode())
    except FileExistsError:
        return False
    return True


def open_vault(path: Path) -> Vault:
    """The vault of a key file; raises StorageError when it is missing or malformed."""
    try:
        head, _, body = path.read_text(encoding="ascii").strip().partition(" ")
    except FileNotFoundError:
        raise StorageError(f"密钥文件 {path} 不见了：请从备份放回；全新安装请运行 init") from None
    except OSError as error:
        raise StorageError(f"密钥文件读不出：{told(error)}") from None
    except UnicodeDecodeError:
        raise StorageError(f"密钥文件 {path} 不是本系统的密钥，请放回原来的文件") from None
    try:
        if head != "shian-key-1":
            raise ValueError(head)
        return Vault(base64.b64decode(body, validate=True))
    except (ValueError, StorageError):
        raise StorageError(f"密钥文件 {path} 不是本系统的密钥，请放回原来的文件") from None
