"""Sealing: what could tell who reported is unreadable without the key file.

AES-256-GCM seals values, HMAC-SHA256 finds them again. A sealed value is bound to its place (table and column) and
its row: put anywhere else it does not open. A digest has a purpose, its table mostly, so that no two tables share one.
A sealed text is ``s1.`` + URL-safe base64 of nonce, ciphertext and tag; the number names the key, for rotation.
"""

import base64
import hmac
import logging
import os
import re
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.engine import key_file
from storage.engine.key_file import FIRST, KEY_BYTES
from storage.errors import StorageError

log = logging.getLogger("shian.storage")
NONCE_BYTES = 12
_HEAD = re.compile(r"s([1-9]\d*)\.", re.ASCII)
UNBOUND = "1."
"""How a value begins that the first versions sealed, for a purpose only."""


class Vault:
    """Seals and opens values, and digests them for look-up. `keys` are numbered from 1: the last one seals.

    Digests are made with the first for ever: with another, nothing would be found again. Keys of the file at `path`
    are read again when it was replaced, so that a process goes on while keys are rotated.
    """

    def __init__(self, *keys: bytes, path: Path | None = None) -> None:
        if wrong := [key for key in keys if len(key) != KEY_BYTES]:
            raise StorageError(f"密钥应为 {KEY_BYTES} 字节，这里是 {len(wrong[0])} 字节，请恢复密钥文件")
        self._path = path
        self._version = _version(path)
        self._keys = key_file.read(path) if path else dict(enumerate(keys, FIRST))
        # Per instance, not per class: a cached key must die with its vault.
        self._cipher = cache(lambda number, place: AESGCM(self._derive(number, "place", place)))
        self._finder = cache(lambda purpose: self._derive(FIRST, "find", purpose))

    @property
    def numbers(self) -> list[int]:
        """Of all keys that open; the last one seals."""
        self._look_again()
        return sorted(self._keys)

    def fingerprint(self, number: int = FIRST) -> str:
        """Eight letters that tell one key from another, and nothing of it."""
        return hmac.digest(self._derive(number, "find", "fingerprint"), b"key", "sha256").hex()[:8]

    def _look_again(self) -> None:
        """Read the keys again if the file was replaced; never go back to fewer, nor to those of somebody else."""
        version = _version(self._path)
        if self._path is None or version in (self._version, None):
            return
        self._version = version
        try:
            found = key_file.read(self._path)
        except StorageError as error:
            log.error("%s", error)
            return
        if found[FIRST] != self._keys[FIRST] or max(found) < max(self._keys):
            log.error("密钥文件 %s 被换成了另一个或更早的，本进程仍用原来的密钥；请放回原来的文件", self._path)
            return
        self._keys = found

    def _derive(self, number: int, use: str, purpose: str) -> bytes:
        return hmac.digest(self._keys[number], f"shian/{use}/{purpose}".encode(), "sha256")

    def seal_bytes(self, content: bytes, place: str, row: str) -> bytes:
        """The sealed form of `content`: the key's number, nonce, ciphertext and tag."""
        nonce, number = os.urandom(NONCE_BYTES), self.numbers[-1]
        sealed = self._cipher(number, place).encrypt(nonce, content, _bond(place, row))
        return f"s{number}.".encode() + nonce + sealed

    def open_bytes(self, sealed: bytes, place: str, row: str) -> bytes:
        """The content of `sealed`; raises StorageError when key, place or row differ or it was changed."""
        head, _, body = sealed.partition(b".")
        return self._open(head.decode("ascii", "replace"), body, place, row)

    def _open(self, head: str, body: bytes, place: str, row: str) -> bytes:
        number = number_of(f"{head}.")
        if number and number not in self._keys and number not in self.numbers:
            raise StorageError(
                f"密文（{place}）用的是第 {number} 把密钥，密钥文件里没有；密钥轮换过的，请放回轮换之后另存的密钥文件"
            )
        try:
            if not number:
                raise ValueError(head)
            return self._cipher(number, place).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], _bond(place, row))
        except (InvalidTag, ValueError):  # ValueError: never sealed, or too short to hold a nonce
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


def number_of(sealed: str | None) -> int:
    """Of the key that something is sealed under; 0 for what is not sealed."""
    found = _HEAD.match(sealed or "")
    return int(found[1]) if found else 0


def _version(path: Path | None) -> tuple[int, int] | None:
    """What changes when the file is replaced; None when it cannot be seen."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None  # while it is being put somewhere else, the keys are known; at a start, reading tells
    return (found.st_ino, found.st_mtime_ns) if found else None


def _bond(place: str, row: str) -> bytes:
    return f"{place}\x1f{row}".encode()


def _decoded(body: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(body)
    except ValueError:
        return b""  # does not open either


def _closed(place: str) -> StorageError:
    return StorageError(
        f"有一处封存的内容（{place}）打不开：被改过、来自别的行，或密钥文件不是封存时的那一个；请恢复正确的密钥文件"
    )


def open_vault(path: Path) -> Vault:
    """The vault of a key file; raises StorageError when it is missing or malformed."""
    return Vault(path=path)
