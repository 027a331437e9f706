"""Pictures, voice and video on disk, sealed. The service knows each by the SHA-256 of its original bytes.

On the disk it lies under a keyed name, so that nobody who has a picture can see whether it was sent. A file is its
SHA-256, sealed, behind one byte that tells how long that is, and then the sealed content.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from storage.engine.sealing import Vault
from storage.errors import StorageError, Unavailable

NAME_LENGTH = 40
"""Of a name in hex; the first versions used the 64 digits of the SHA-256."""


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
        if path.exists():
            os.utime(path)  # as good as new: what nothing refers to yet must not count as old
            return sha256
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                file.write(self._sealed(sha256, content))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            raise Unavailable(
                f"a file cannot be stored under {self.folder}: {error.strerror}; check the disk"
            ) from error
        return sha256

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
            if re.fullmatch("[0-9a-f]{64}", path.name):
                self.put(self._vault.open_unbound(path.read_bytes(), "file"))
                path.unlink()
                done += 1
        return done

    def get(self, sha256: str) -> bytes:
        """The original bytes; raises StorageError when they are missing or do not open."""
        try:
            sealed = self._path(sha256).read_bytes()
            return self._vault.open_bytes(sealed[1 + sealed[0] :], "file.content", sha256)
        except FileNotFoundError:
            raise StorageError(
                f"the file {sha256[:12]}… is missing under {self.folder}; restore it from a backup"
            ) from None
