"""Rotation of the key: a new one is put behind the others, and what is there is sealed anew, some rows at a time.

The service goes on meanwhile: whatever it seals after the new key is in the file is sealed under that. Each write has
its turn before or after a batch, so that one pass over a table leaves nothing behind. The digests stay the first key's.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from storage import audit
from storage.engine import key_file
from storage.engine.database import Database, Row, Tx
from storage.engine.files import Files
from storage.engine.key_file import FIRST
from storage.engine.sealing import Vault, number_of
from storage.errors import StorageError
from storage.sealed import SEALED, Sealed

log = logging.getLogger("shian.storage")
ROWS = 100
"""Rows of one transaction: a message waits no longer than they take."""
*TABLES, KNOWN = SEALED


class Kept(StorageError):
    """A key that must stay in the file."""


def begin(tx: Tx, path: Path, by: str) -> bool:
    """Put a new key into the file at `path`; False when an earlier rotation is to be finished first.

    The writer's turn keeps two rotations apart: the keys of both must be in the file.
    """
    if not _finished(tx):
        return False
    key_file.append(path)
    number = tx.vault.numbers[-1]
    audit.write(tx, actor=by, action="key_added", subject=f"key:{number}", detail=tx.vault.fingerprint(number))
    return True


def _finished(tx: Tx) -> bool:
    return bool(number_of(tx.value("select proof from installation where id = 1")) == tx.vault.numbers[-1])


def size(db: Database, files: Files) -> int:
    """About how many steps `run` takes."""
    with db.read() as tx:
        rows = sum(int(tx.value(f"select count(*) from {one.table}")) for one in TABLES)  # noqa: S608 - names are ours
    return rows + sum(1 for _ in files.whole())


def run(db: Database, files: Files, by: str) -> Iterator[int]:
    """Seal everything under the newest key; yields rows and files as they are looked at.

    Broken off, it is run again, and passes by what is done. What does not open stays as it is, and that is logged.
    """
    yield from _files(files, db.vault)
    for one in TABLES:
        after: str | None = ""
        while after is not None:
            after, rows = db.write(partial(_batch, one=one, after=after))
            yield rows
    # A file is written outside of any transaction: one may have been sealed before the key was added, and come after.
    yield from (0 for _ in _files(files, db.vault))
    db.write(partial(_finish, by=by))


def _files(files: Files, vault: Vault) -> Iterator[int]:
    for path in files.whole():
        if files.key_of(path) != vault.numbers[-1]:
            try:
                files.reseal(path)
            except StorageError as error:
                log.error("证据文件 %s：%s", path, error)
        yield 1


def _batch(tx: Tx, one: Sealed, after: str) -> tuple[str | None, int]:
    """Seal some rows anew; where to go on, and how many rows there were."""
    names = ", ".join((one.key, *one.columns))
    sql = f"select {names} from {one.table} where {one.key} > :after order by {one.key} limit :most"  # noqa: S608
    rows = tx.all(sql, after=after, most=ROWS)
    for row in rows:
        _reseal(tx, one, row)
    return (rows[-1][one.key] if rows else None), len(rows)


def _reseal(tx: Tx, one: Sealed, row: Row) -> None:
    stale = [name for name in one.columns if number_of(row[name]) not in (0, tx.vault.numbers[-1])]
    try:
        values = {name: _anew(tx.vault, row[name], f"{one.table}.{name}", str(row[one.key])) for name in stale}
    except StorageError as error:
        log.error("表 %s 的一行没有换成新密钥：%s", one.table, error)
        return
    if values:
        assignments = ", ".join(f"{name} = :{name}" for name in values)
        sql = f"update {one.table} set {assignments} where {one.key} = :own"  # noqa: S608 - names are ours
        tx.run(sql, own=row[one.key], **values)


def _anew(vault: Vault, sealed: str, place: str, row: str) -> str:
    return vault.seal(vault.open(sealed, place, row), place, row)


def _finish(tx: Tx, by: str) -> None:
    """The known value goes last, with the row that says so: until then the rotation is not finished."""
    if _finished(tx):
        return
    number = tx.vault.numbers[-1]
    _reseal(tx, KNOWN, tx.all("select id, proof from installation")[0])
    audit.write(tx, actor=by, action="key_rotated", subject=f"key:{number}", detail=tx.vault.fingerprint(number))


def count(db: Database, files: Files) -> dict[int, int]:
    """The numbers of all keys, and how many values and files each of them seals."""
    found = Counter(files.key_of(path) for path in files.whole())
    with db.read() as tx:
        for one, name in chain.from_iterable(((one, name) for name in one.columns) for one in SEALED):
            sql = f"select count(*) from {one.table} where substr({name}, 1, :length) = :mark"  # noqa: S608
            for number in db.vault.numbers:
                mark = f"s{number}."
                found[number] += int(tx.value(sql, length=len(mark), mark=mark))
    return {number: found[number] for number in db.vault.numbers}


def drop(tx: Tx, path: Path, number: int, sealed: dict[int, int], by: str) -> None:
    """Take a key out of the file for good, `sealed` being what `count` found. Raises Kept when it is needed."""
    if number not in sealed:
        raise Kept(f"密钥文件里没有第 {number} 把密钥；现有的见 key show")
    if number == FIRST:
        raise Kept("第 1 把密钥用来查找（摘要），要永远保留")
    if number == tx.vault.numbers[-1] or sealed[number]:
        raise Kept(f"第 {number} 把密钥还在封存内容，不能去掉；请先运行 key rotate")
    key_file.drop(path, number)
    audit.write(tx, actor=by, action="key_dropped", subject=f"key:{number}")
