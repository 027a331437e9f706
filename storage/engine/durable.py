"""Files that outlast a power failure: the content is synced, then the name, which its folder keeps."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

FILE_MODE, FOLDER_MODE = 0o600, 0o700
"""For the service's own user alone."""


def sync_folder(folder: Path) -> None:
    """Bring to disk which names a folder holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync(file: IO[bytes]) -> None:
    """Bring to disk what was written to an open file."""
    file.flush()
    os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Bring to disk what a file holds, for its own user alone, and its name."""
    path.chmod(FILE_MODE)
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; each new name is on disk before this returns. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    sync_folder(folder)
    sync_folder(folder.parent)


def create(path: Path, content: bytes) -> None:
    """Make a file that is not there yet, on disk before this returns. Raises OSError, FileExistsError among them."""
    make_folder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path`, whole or not at all, on disk before this returns. Raises OSError."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        create(temporary, content)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that stands at `path` once all of it is written, for its own user alone, and never in another's place.

    Raises OSError, FileExistsError among them.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
        try:
            yield file
            sync(file)
            _name(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def _name(temporary: Path, path: Path) -> None:
    """Let a file be called `path`, which is no other's name. Raises OSError."""
    try:
        os.link(temporary, path)
    except PermissionError:  # a stick, which knows no second names
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)
