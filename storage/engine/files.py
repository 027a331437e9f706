"""Pictures, voice and video on disk, sealed, each under the SHA-256 of its original bytes."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from storage.engine import durable
from storage.engine.sealing import Vault
from storage.errors import StorageError, Unavailable, told


class Files:
    """A folder of sealed files. Putting the same content twice keeps one file."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self.folder = folder
        self._vault = vault

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Store `content`, on disk before this returns; its SHA-256 in hex. Raises `Unavailable`."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        try:
            if self._holds(sha256, content):
                os.utime(path)  # as good as new: what nothing refers to yet must not count as old
            else:
                durable.write(path, self._vault.seal_bytes(content, "file"))
        except OSError as error:
            raise Unavailable(f"证据存不下来：{told(error)}") from error
        return sha256

    def _holds(self, sha256: str, content: bytes) -> bool:
        """Whether the file is there and whole: one that a power failure or a hand spoilt is written again."""
        try:
            return self.get(sha256) == content
        except StorageError:
            return False

    def every(self) -> Iterator[str]:
        """The names of all files."""
        return (path.name for path in self.folder.glob("??/*"))

    def older_than(self, moment: datetime) -> Iterator[str]:
        """SHA-256 of the files that were stored before then, and names of those left half-written."""
        for path in self.folder.glob("??/*"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment:
                yield path.name

    def remove(self, name: str) -> None:
        """Erase a file that nothing refers to."""
        self._path(name).unlink(missing_ok=True)

    def get(self, sha256: str) -> bytes:
        """The original bytes; raises StorageError when they are missing or do not open."""
        try:
            return self._vault.open_bytes(self._path(sha256).read_bytes(), "file")
        except FileNotFoundError:
            raise StorageError(
                f"the file {sha256[:12]}… is missing under {self.folder}; restore it from a backup"
            ) from None
