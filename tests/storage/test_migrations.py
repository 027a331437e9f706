"""Numbered SQL files, each applied once, in words that two engines understand."""

import re
from pathlib import Path

import storage.migrations
from storage.engine.database import Database

FILES = sorted(Path(storage.migrations.__file__).parent.glob("*.sql"))


def test_every_file_is_applied_once_in_order(tmp_path, vault):
    db = Database(tmp_path / "new.db", vault)
    assert db.migrate() == [file.stem for file in FILES]
    assert db.migrate() == []
    assert db.pending() == []
    db.close()


def test_a_repeat_changes_nothing(db, ask):
    shape = "select type, name, sql from sqlite_master order by name"
    before = ask(lambda tx: tx.all(shape))
    db.migrate()
    assert ask(lambda tx: tx.all(shape)) == before


def test_an_empty_file_waits_for_migrations(tmp_path, vault):
    db = Database(tmp_path / "empty.db", vault)
    db.path.touch()
    assert db.pending() == [file.stem for file in FILES]
    db.close()


def test_columns_are_text_or_bigint(ask):
    tables = ask(lambda tx: tx.all("select name from sqlite_master where type = 'table' and name not like '\\_%'"))
    ours = [row["name"] for row in tables if not row["name"].startswith(("_", "sqlite_"))]
    types = {
        (table, column["name"]): column["type"].lower()
        for table in ours
        for column in ask(lambda tx, table=table: tx.all(f"pragma table_info({table})"))
    }
    assert len(ours) > 10
    assert {name: kind for name, kind in types.items() if kind not in ("text", "bigint")} == {}


def test_time_and_numbers_are_never_made_by_the_engine():
    for file in FILES:
        sql = re.sub(r"--.*", "", file.read_text(encoding="utf-8")).lower()
        assert not re.search(r"autoincrement|serial|now\(\)|current_timestamp|datetime\(", sql), file.name


def test_files_are_numbered_without_a_gap():
    assert [int(file.name[:3]) for file in FILES] == list(range(1, len(FILES) + 1))
