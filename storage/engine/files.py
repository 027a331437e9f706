"""Pictures, voice and video on disk, sealed. The service knows each by the SHA-256 of its original bytes.

On the disk it lies under a keyed name, so that nobody who has a picture can see whether it was sent. A file is its
SHA-256, sealed, behind one byte that tells how long that is, and then the sealed content.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from storage.engine import durable
from storage.engine.sealing import Vault, number_of
from storage.errors import StorageError, Unavailable, told

NAME_LENGTH = 40
"""Digits of a name."""
SHORTEST = 16
"""Bytes among which the number of the key stands, behind the one that tells how long the head is."""
_FIRST = re.compile("[0-9a-f]{64}")
"""What the first versions called a file: its SHA-256."""


class Files:
    """A folder of sealed files. Putting the same content twice keeps one file."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self.folder = folder
        self._vault = vault

    def _path(self, sha256: str) -> Path:
        name = self._vault.digest(sha256, "file name")[:NAME_LENGTH]
        return self.folder / name[:2] / name

    def _sealed(self, sha256: str, content: bytes) -> bytes:
        head = self._vault.seal_bytes(bytes.fromhex(sha256), "file.sha256", self._path(sha256).name)
        return bytes([len(head)]) + head + self._vault.seal_bytes(content, "file.content", sha256)

    def _known(self, path: Path) -> str:
        """The SHA-256 of what lies there, by its head alone."""
        with path.open("rb") as file:
            head = file.read(ord(file.read(1)))
        return self._vault.open_bytes(head, "file.sha256", path.name).hex()

    def put(self, content: bytes) -> str:
        """Store `content`, on disk before this returns; its SHA-256 in hex. Raises `Unavailable`."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        try:
            if self._holds(sha256, content):
                os.utime(path)  # as good as new: what nothing refers to yet must not count as old
            else:
                durable.write(path, self._sealed(sha256, content))
        except OSError as error:
            raise Unavailable(f"证据存不下来：{told(error)}") from error
        return sha256

    def _holds(self, sha256: str, content: bytes) -> bool:
        """Whether the file is there and whole: one that a power failure or a hand spoilt is written again."""
        try:
            return self.get(sha256) == content
        except StorageError:
            return False

    def empty(self) -> bool:
        return next(self.folder.glob("??/*"), None) is None

    def try_one(self) -> None:
        """Raises StorageError unless a file, if there is any, opens under this key."""
        for path in islice(self.whole(), 1):
            self._first(path) if _FIRST.fullmatch(path.name) else self._known(path)

    def whole(self) -> Iterator[Path]:
        """Where all files lie, but for those left half-written."""
        return (path for path in self.folder.glob("??/*") if not path.suffix)

    def key_of(self, path: Path) -> int:
        """The number of the key that a file is sealed under; 0 when it was erased meanwhile, or spoilt."""
        try:
            with path.open("rb") as file:
                return number_of(file.read(SHORTEST)[1:].decode("ascii", "replace"))
        except FileNotFoundError:
            return 0

    def reseal(self, path: Path) -> None:
        """Seal a file under the newest key. Raises StorageError when it does not open."""
        try:
            sha256 = self._known(path)
            content = self.get(sha256)
        except FileNotFoundError:
            return  # erased meanwhile
        durable.write(path, self._sealed(sha256, content))

    def _first(self, path: Path) -> bytes:
        return self._vault.open_unbound(path.read_bytes(), "file")

    def older_than(self, moment: datetime) -> Iterator[tuple[Path, str]]:
        """What was stored before then: where it lies, and its SHA-256; '' for one left half-written."""
        for path in self.folder.glob("??/*"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment:
                yield path, "" if path.suffix else self._known(path)

    def remove(self, path: Path) -> None:
        """Erase a file that nothing refers to."""
        path.unlink(missing_ok=True)

    def rename_first(self) -> int:
        """Put what the first versions stored under keyed names; returns how many. Safe to interrupt and repeat."""
        done = 0
        for path in self.folder.glob("??/*"):
            if _FIRST.fullmatch(path.name):
                self.put(self._first(path))
                path.unlink()
                done += 1
        return done

    def get(self, sha256: str) -> bytes:
        """The original bytes; raises StorageError when they are missing or do not open."""
        try:
            sealed = self._path(sha256).read_bytes()
            return self._vault.open_bytes(sealed[1 + int.from_bytes(sealed[:1]) :], "file.content", sha256)
        except FileNotFoundError:
            raise StorageError(f"{self.folder} 里缺少文件 {sha256[:12]}…，请从备份恢复") from None
