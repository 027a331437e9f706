"""Numbered SQL files, each applied once, in words that two engines understand."""

import re
from pathlib import Path

import pytest
import sqlite_utils

import storage.migrations
from storage.engine import schema
from storage.engine.database import open_database
from storage.migrations import MIGRATIONS

FILES = sorted(Path(storage.migrations.__file__).parent.glob("[0-9]*.*"))


@pytest.mark.embedded
def test_columns_are_text_or_bigint(db, ask):
    ours = db.tables()
    types = {
        (table, column["name"]): column["type"].lower()
        for table in ours
        for column in ask(lambda tx, table=table: tx.all(f"pragma table_info({table})"))
    }
    assert len(ours) > 10
    assert {name: kind for name, kind in types.items() if kind not in ("text", "bigint")} == {}


def test_time_and_numbers_are_never_made_by_the_engine():
    for file in (file for file in FILES if file.suffix == ".sql"):
        sql = re.sub(r"--.*", "", file.read_text(encoding="utf-8")).lower()
        assert not re.search(r"autoincrement|serial|now\(\)|current_timestamp|datetime\(", sql), file.name


def test_files_are_numbered_without_a_gap():
    assert [int(file.name[:3]) for file in FILES] == list(range(1, len(FILES) + 1))


S, A = "01a205eabe8108645ed09924", "01a205eabe8108645ed09999"
SUBJECTS = [
    ("notice", f"notice:{S}:2", "r1", ("submission", S, "2", 1)),
    ("notice", f"notice:{S}:12:3", "r1", ("submission", S, "12", 3)),
    ("notice", f"alarm:{S}:10:wechat", "r2", ("alarm", S, "10", 1)),
    ("notice", f"alarm:{S}:10:wechat:2", "r2", ("alarm", S, "10", 2)),
    ("alarm_webhook", f"alarm:{S}:10:alarm_webhook", None, ("alarm", S, "10", 1)),
    ("notice", f"alarm:{S}:taken:li", "r3", ("alarm", S, "taken", 1)),
    ("notice", f"alarm:{S}:taken:wang:2", "r2", ("alarm", S, "taken", 1)),
    ("alarm_command", f"alarm:{S}:taken:alarm_command", None, ("alarm", S, "taken", 1)),
    ("notice", f"reward:{A}:4", "r1", ("reward", A, "4", 1)),
    ("article", f"article:{A}", None, ("release", A, "", 1)),
    ("media", f"media:{A}", None, ("evidence", A, "", 1)),
    ("notice", f"pictures:{A}", "r1", ("pictures", A, "", 1)),
    ("notice", f"late:{A}", "r1", ("message", A, "", 1)),
    ("notice", f"rest:{A}", "r1", ("answer", A, "", 1)),
    ("notice", f"rest:{A}:2", "r1", ("answer", A, "", 2)),
    ("tags", f"tags:{A}", "r1", ("tags", A, "", 1)),
    ("notice", "roster:2026-11-24:li", "r3", ("roster", "2026-11-24", "li", 1)),
]
CAUSES = [(f"notice:{S}:12", "tell", "12"), (f"refer:{S}", "refer", ""), (f"complete:{S}", "complete", "")]


@pytest.fixture
def before_columns(tmp_path):
    """A database as the first versions left it before 009, with a submission to hang things on."""
    database = sqlite_utils.Database(tmp_path / "old.db")
    database["_sqlite_migrations"].create({"id": int, "migration_set": str, "name": str, "applied_at": str}, pk="id")
    for name, sql in MIGRATIONS.items():
        if name < "009":
            database.executescript(sql)
            database["_sqlite_migrations"].insert({"migration_set": "shian", "name": name, "applied_at": "2026-11-01"})
    columns = database["submission"].columns_dict
    database["submission"].insert({name: S if name == "id" else "" for name in columns})
    yield database
    database.close()


@pytest.fixture
def migrate(tmp_path, vault):
    def apply():
        db = open_database(f"sqlite:///{tmp_path / 'old.db'}", vault)
        names = db.migrate()
        db.close()
        return names

    return apply


@pytest.fixture
def only_columns(monkeypatch):
    """Nothing later than 010: the rows are not sealed."""
    monkeypatch.setattr(schema, "MIGRATIONS", {name: step for name, step in MIGRATIONS.items() if name < "011"})


@pytest.mark.embedded
def test_what_the_first_versions_applied_is_not_applied_again(before_columns, migrate):
    assert migrate() == [name for name in MIGRATIONS if name >= "009"]
    kept = {row["name"]: row["applied_at"] for row in before_columns["migration"].rows}
    assert list(kept) == list(MIGRATIONS)
    assert kept["008_rewards"] == "2026-11-01"


@pytest.mark.embedded
def test_what_a_parcel_is_about_moves_from_its_subject_into_columns(before_columns, migrate, only_columns):
    common = {"addressee": "sealed", "payload": "sealed", "state": "held", "attempts": 3, "due_at": "t", "error": "e"}
    for number, (kind, subject, recipient, _) in enumerate(SUBJECTS):
        row = common | {"id": f"{number:02}", "kind": kind, "subject": subject, "recipient": recipient}
        before_columns["outbox"].insert(row | {"created_at": "t", "by_day": "2026-12-01"})
    migrate()
    rows = list(before_columns["outbox"].rows_where(order_by="id"))
    assert [(row["topic"], row["about"], row["cause"], row["part"]) for row in rows] == [new for *_, new in SUBJECTS]
    assert [row["recipient"] for row in rows] == [recipient or "" for _, _, recipient, _ in SUBJECTS]
    assert all(row.items() >= common.items() for row in rows)
    assert {row["by_day"] for row in rows} == {"2026-12-01"}


@pytest.mark.embedded
def test_a_task_keeps_what_caused_it(before_columns, migrate, only_columns):
    empty = dict.fromkeys(("title", "body", "due_on", "state", "how", "note", "done_by", "created_at"), "")
    for number, (cause, kind, _) in enumerate(CAUSES):
        row = {"id": str(number), "cause": cause, "kind": kind, "submission": S}
        before_columns["task"].insert(row | empty)
    migrate()
    rows = list(before_columns["task"].rows_where(order_by="id"))
    assert [(row["kind"], row["cause"]) for row in rows] == [(kind, cause) for _, kind, cause in CAUSES]
