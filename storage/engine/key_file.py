"""The key file: a line for each key, ``shian-key-<number> <base64>``. The first finds, the last seals, all open."""

import base64
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from storage.engine import durable
from storage.errors import StorageError, told

KEY_BYTES = 32
FIRST = 1
"""The number of the key that makes the digests: it is needed for ever."""
_LINE = re.compile(r"shian-key-([1-9]\d*) (\S+)")


def make_key_file(path: Path) -> bool:
    """Write a new random key, on disk before this returns; False when there is one already. Raises OSError."""
    try:
        durable.create(path, _written({FIRST: secrets.token_bytes(KEY_BYTES)}))
    except FileExistsError:
        return False
    return True


def read(path: Path) -> dict[int, bytes]:
    """The keys by their numbers; raises StorageError when the file is missing or malformed."""
    try:
        found = [_key(line) for line in path.read_text(encoding="ascii").splitlines()]
    except FileNotFoundError:
        raise StorageError(f"密钥文件 {path} 不见了：请从备份放回；全新安装请运行 init") from None
    except OSError as error:
        raise StorageError(f"密钥文件读不出：{told(error)}") from None
    except ValueError:
        raise _strange(path) from None
    keys = dict(found)
    if FIRST not in keys or len(keys) != len(found):
        raise _strange(path)
    return keys


def _key(line: str) -> tuple[int, bytes]:
    """Raises ValueError."""
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise ValueError(line)
    key = base64.b64decode(parts[2], validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(line)
    return int(parts[1]), key


def _strange(path: Path) -> StorageError:
    return StorageError(f"密钥文件 {path} 不是本系统的密钥，请放回原来的文件")


def append(path: Path) -> None:
    """Put a new random key behind the others, on disk before this returns. Callers hold the writer."""
    keys = read(path)
    durable.write(path, _written(keys | {max(keys) + 1: secrets.token_bytes(KEY_BYTES)}))


def drop(path: Path, number: int) -> None:
    """Take a key out. Callers hold the writer, and know that nothing is sealed under it. Raises OSError."""
    durable.write(path, _written({one: key for one, key in read(path).items() if one != number}))


def _written(keys: Mapping[int, bytes]) -> bytes:
    lines = (f"shian-key-{number} {base64.b64encode(key).decode()}\n" for number, key in sorted(keys.items()))
    return "".join(lines).encode()
