"""Sealing: what could tell who reported is unreadable without the key file.

AES-256-GCM seals values, HMAC-SHA256 finds them again. Every purpose (``"openid"``, ``"reply"``, …)
has keys of its own, derived from the key file, so a value sealed for one purpose does not open as
another. A sealed text is ``1.`` + URL-safe base64 of nonce, ciphertext and tag; the leading number
names the key, for rotation.
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
PREFIX = "1."


class Vault:
    """Seals and opens values, and digests them for look-up, under one 32-byte key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise StorageError(f"a vault key has {KEY_BYTES} bytes, this one {len(key)}; restore the key file")
        self._key = key
        # Per instance, not per class: a cached key must die with its vault.
        self._cipher = cache(lambda purpose: AESGCM(self._derive("seal", purpose)))
        self._finder = cache(lambda purpose: self._derive("find", purpose))

    def _derive(self, use: str, purpose: str) -> bytes:
        return hmac.digest(self._key, f"shian/{use}/{purpose}".encode(), "sha256")

    def seal_bytes(self, content: bytes, purpose: str) -> bytes:
        """The sealed form of `content`: nonce, ciphertext and tag, 28 bytes longer."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(purpose).encrypt(nonce, content, purpose.encode())

    def open_bytes(self, sealed: bytes, purpose: str) -> bytes:
        """The content of `sealed`; raises StorageError when key or purpose differ or it was changed."""
        try:
            return self._cipher(purpose).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise StorageError(
                f"a sealed value ({purpose}) does not open: it was changed, or the key file is not the one "
                "it was sealed under; restore the right key file"
            ) from None

    def seal(self, text: str, purpose: str) -> str:
        """`seal_bytes` for text columns."""
        return PREFIX + base64.urlsafe_b64encode(self.seal_bytes(text.encode(), purpose)).decode()

    def open(self, sealed: str, purpose: str) -> str:
        """The text sealed by `seal`; raises StorageError as `open_bytes` does."""
        if not sealed.startswith(PREFIX):
            raise StorageError(f"a sealed value ({purpose}) names an unknown key; was it written by a newer version?")
        try:
            content = base64.urlsafe_b64decode(sealed[len(PREFIX) :])
        except ValueError:
            content = b""  # does not open either
        return self.open_bytes(content, purpose).decode()

    def digest(self, text: str, purpose: str) -> str:
        """The keyed digest (hex) under which a sealed value is found again."""
        return hmac.digest(self._finder(purpose), text.encode(), "sha256").hex()


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
