"""A backup: all rows as they stood at one moment, and the evidence; nothing of it opens without the key file.

A folder of three: ``rows`` holds the tables in sealed pieces, each bound to its place in this backup, ``evidence`` the
stored files as they are (they are sealed already), and ``manifest``, written last, what belongs to it. One without a
manifest was broken off. Rows are told apart from any engine: a backup of SQLite may be restored to PostgreSQL.
"""

import json
import secrets
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from storage import audit
from storage.engine import durable
from storage.engine.database import Database, Tx
from storage.engine.sealing import Vault
from storage.errors import StorageError

MANIFEST, ROWS, EVIDENCE = "manifest", "rows", "evidence"
LENGTH = 4
"""Bytes that tell how long a piece is."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: `tables` with their numbers of rows, `files`, and the newest link of its audit chain."""

    name: str
    made_at: str
    migrations: tuple[str, ...]
    tables: dict[str, int]
    files: int
    seq: int
    hash: str


def write(db: Database, evidence: Path, folder: Path, step: Callable[[int], object]) -> Manifest:
    """Back up into an empty folder while the service runs; `step` hears of rows. Raises StorageError, OSError."""
    durable.make_folder(folder)
    if any(folder.iterdir()):
        raise StorageError(f"目录 {folder} 不是空的，没有动它；请另给一个目录，一次备份一个")
    name = secrets.token_hex(12)
    with db.read() as tx, (folder / ROWS).open("xb") as file:
        columns = db.engine.layout(tx._session)
        pieces = _Pieces(db.vault, name, file)
        tables = {table: _table(tx, pieces, table, names, step) for table, names in columns.items()}
        link = audit.newest_link(tx)
        made_at, applied = tx.stamp, tuple(row["name"] for row in tx.all("select name from migration order by name"))
        durable.sync(file)
    # After the rows: a file is there before the row that names it.
    files = _copy(evidence, folder / EVIDENCE)
    manifest = Manifest(name, made_at, applied, tables, files, link.seq, link.hash)
    sealed = db.vault.seal_bytes(json.dumps(asdict(manifest)).encode(), "backup.manifest", "")
    durable.write(folder / MANIFEST, sealed)
    return manifest


class _Pieces:
    """Sealed pieces in a file, each of which opens at its own place only."""

    def __init__(self, vault: Vault, name: str, file: IO[bytes]) -> None:
        self._vault, self._name, self._file, self._made = vault, name, file, 0

    def _row(self) -> str:
        self._made += 1
        return f"{self._name}:{self._made}"

    def put(self, content: object) -> None:
        packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode(errors="surrogatepass"), 1)
        sealed = self._vault.seal_bytes(packed, "backup.rows", self._row())
        self._file.write(len(sealed).to_bytes(LENGTH) + sealed)

    def take(self) -> Any:
        """The next one, None at the end."""
        length = int.from_bytes(self._file.read(LENGTH))
        if not length:
            return None
        packed = self._vault.open_bytes(self._file.read(length), "backup.rows", self._row())
        return json.loads(zlib.decompress(packed).decode(errors="surrogatepass"))


def _table(tx: Tx, pieces: _Pieces, table: str, columns: list[str], step: Callable[[int], object]) -> int:
    rows = 0
    for some in tx._session.stream(f"select {', '.join(columns)} from {table}", {}):  # noqa: S608 - names are ours
        pieces.put([table, columns, some])
        rows += len(some)
        step(len(some))
    return rows


def _copy(source: Path, target: Path) -> int:
    """Copy the stored files with their folder's mark; returns how many there are."""
    durable.make_folder(target)
    done = 0
    for path in (path for path in source.rglob("*") if path.is_file()):
        place = target / path.relative_to(source)
        durable.make_folder(place.parent)
        shutil.copyfile(path, place)
        durable.sync_file(place)
        done += 1
    return done


def manifest_of(folder: Path, vault: Vault) -> Manifest:
    """What a backup holds. Raises StorageError where there is none, it was broken off, or the key is not its own."""
    try:
        sealed = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        raise StorageError(f"{folder} 里没有完整的备份（缺 {MANIFEST}）；请给出 backup 做成的目录") from None
    try:
        values = json.loads(vault.open_bytes(sealed, "backup.manifest", ""))
    except StorageError:
        raise StorageError(f"备份 {folder} 不是用这个密钥文件做的，或被改动过；请把当时的密钥文件放回去") from None
    return Manifest(**(values | {"migrations": tuple(values["migrations"])}))


def rows_of(folder: Path, manifest: Manifest, vault: Vault) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    """(table, its columns, some rows), in an order in which they can be stored. Raises StorageError."""
    seen = dict.fromkeys(manifest.tables, 0)
    with (folder / ROWS).open("rb") as file:
        pieces = _Pieces(vault, manifest.name, file)
        while piece := pieces.take():
            table, columns, rows = piece
            seen[table] += len(rows)
            yield table, columns, rows
    if seen != manifest.tables:
        raise StorageError(f"备份 {folder} 的数据不全；请换一份备份")


def restore(folder: Path, manifest: Manifest, db: Database, evidence: Path, step: Callable[[int], object]) -> None:
    """Fill an empty database and evidence folder. Raises StorageError; nothing is committed then."""
    db.migrate(only=manifest.migrations)
    session = db.engine.session()
    try:
        session.begin(write=True)
        for table, columns, rows in rows_of(folder, manifest, db.vault):
            if table != "migration":
                marks = ", ".join(f":{name}" for name in columns)
                sql = f"insert into {table} ({', '.join(columns)}) values ({marks})"  # noqa: S608 - names are ours
                session.run_many(sql, [dict(zip(columns, row, strict=True)) for row in rows])
            step(len(rows))
        session.commit()
    finally:
        session.rollback()
        session.close()
    if _copy(folder / EVIDENCE, evidence) != manifest.files:
        raise StorageError(f"备份 {folder} 的证据文件不全；请换一份备份")
    db.migrate()
