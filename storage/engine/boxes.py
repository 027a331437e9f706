"""Boxes: what is put into one opens with a person's own secret, and not with the key of the installation.

HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) seals to a public key; like a sealed value a box is bound to its
place and row. The private key is kept under a passphrase: AES-256-GCM under argon2id (RFC 9106, section 4, second
option), bound to its public key.
"""

import base64
import hashlib
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from storage.errors import StorageError

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
SALT_BYTES, NONCE_BYTES = 16, 12
PASSES, LANES, MEMORY = 3, 4, 64 * 1024
"""What it costs to try one passphrase; memory in KiB."""


class Locked(StorageError):
    """A passphrase is not the one, or a box was put to another key, place or row."""


@dataclass(frozen=True)
class Pair:
    """A public key, and the private one under a passphrase."""

    public: str
    locked: str = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Sixteen digits to compare by voice: whose key it is."""
        digits = hashlib.sha256(self.public.encode()).hexdigest()[:16]
        return " ".join(digits[at : at + 4] for at in range(0, 16, 4))

    def seal(self, text: str, place: str, row: str) -> str:
        """The box of a text: nobody who has only this can open it."""
        public = X25519PublicKey.from_public_bytes(_bytes(self.public))
        return _text(SUITE.encrypt(text.encode(), public, _bond(place, row)))

    def unlock(self, passphrase: str) -> "Opener":
        """Raises Locked. Takes a third of a second and 64 MiB: not within a transaction."""
        locked, public = _bytes(self.locked), _bytes(self.public)
        salt, nonce = locked[:SALT_BYTES], locked[SALT_BYTES : SALT_BYTES + NONCE_BYTES]
        try:
            private = AESGCM(_stretched(passphrase, salt)).decrypt(nonce, locked[SALT_BYTES + NONCE_BYTES :], public)
        except (InvalidTag, ValueError):  # ValueError: a pair that was given up
            raise Locked("the passphrase is not the one of this pair") from None
        return Opener(X25519PrivateKey.from_private_bytes(private))


@dataclass(frozen=True)
class Opener:
    """A private key at hand."""

    private: X25519PrivateKey = field(repr=False)

    def open(self, box: str, place: str, row: str) -> str:
        """The text of a box. Raises Locked."""
        try:
            return SUITE.decrypt(_bytes(box), self.private, _bond(place, row)).decode()
        except (InvalidTag, ValueError):
            raise Locked(f"a box ({place}) does not open: it was sealed to another pair, or changed") from None


def make_pair(passphrase: str) -> Pair:
    """A new pair. Takes as long as `unlock`."""
    made = X25519PrivateKey.generate()
    public = made.public_key().public_bytes_raw()
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    sealed = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, made.private_bytes_raw(), public)
    return Pair(_text(public), _text(salt + nonce + sealed))


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY).derive(
        passphrase.encode("utf-8", "surrogatepass")
    )


def _bond(place: str, row: str) -> bytes:
    return f"{place}\x1f{row}".encode()


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
