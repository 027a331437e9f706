"""Which migrations a database has had, and what a version makes of those that it does not know."""

import pytest

from storage.engine import schema
from storage.engine.database import open_database
from storage.migrations import ADDITIVE, MIGRATIONS
from tests.engines import make_database

NEXT = {
    "998_adds": f"{ADDITIVE}create table one (id text primary key);\n",
    "999_more": "create table two (id text primary key);\n",
}


@pytest.fixture
def unmade(engine, tmp_path, worker_id):
    """The URL of a database without a schema."""
    return f"sqlite:///{tmp_path / 'new.db'}" if engine == "sqlite" else make_database(f"unmade_{worker_id}")


def test_every_migration_is_applied_once_in_order(unmade, vault):
    db = open_database(unmade, vault)
    assert db.migrate() == list(MIGRATIONS)
    assert db.migrate() == []
    assert db.pending() == []
    db.close()


@pytest.mark.embedded
def test_a_repeat_changes_nothing(db, ask):
    shape = "select type, name, sql from sqlite_master order by name"
    before = ask(lambda tx: tx.all(shape))
    db.migrate()
    assert ask(lambda tx: tx.all(shape)) == before


def test_an_empty_database_waits_for_migrations(unmade, vault):
    db = open_database(unmade, vault)
    db.engine.create()
    assert db.pending() == list(MIGRATIONS)
    db.close()


def test_those_of_a_newer_version_are_known_by_whether_they_only_add(unmade, vault, monkeypatch):
    db = open_database(unmade, vault)
    with monkeypatch.context() as newer:
        newer.setattr(schema, "MIGRATIONS", MIGRATIONS | NEXT)
        db.migrate()
        assert db.unknown() == {}
    assert db.unknown() == {"998_adds": True, "999_more": False}
    assert db.pending() == []
    db.close()


def test_an_older_database_knows_no_additive_ones(unmade, vault, monkeypatch):
    db = open_database(unmade, vault)
    db.migrate(only=[name for name in MIGRATIONS if name < "017"])
    monkeypatch.setattr(schema, "MIGRATIONS", {name: step for name, step in MIGRATIONS.items() if name < "016"})
    assert list(db.unknown().values()) == [False]
    db.close()
