"""Rows leave one database and come to another as they were, whichever engines these are."""

import pytest

from storage import audit, backup, ticks, timeline
from storage.engine.database import open_database
from storage.engine.files import Files
from storage.errors import StorageError


@pytest.fixture
def evidence(tmp_path, vault):
    Files(tmp_path / "evidence", vault).put(b"a picture")
    return tmp_path / "evidence"


@pytest.fixture
def filled(db):
    def fill(tx):
        ticks.ran(tx, "tick")
        timeline.add(tx, "s1", "note", actor="wang", title="标题", body="换行\n“引号”\u2028\t' %")
        audit.write(tx, actor="wang", action="open", subject="x")

    db.write(fill)
    return db


@pytest.fixture
def other(tmp_path, vault, clock):
    made = open_database(f"sqlite:///{tmp_path}/other/shian.db", vault, clock)
    yield made
    made.close()


def everything(db):
    with db.read() as tx:
        columns = db.engine.layout(tx._session)
        return {table: sorted(map(repr, tx.all(f"select * from {table}"))) for table in columns if table != "migration"}


def test_what_comes_back_is_what_was_there(filled, other, evidence, tmp_path, vault):
    steps = []
    made = backup.write(filled, evidence, tmp_path / "backup", steps.append)
    assert sum(steps) == sum(made.tables.values())
    filled.write(lambda tx: ticks.ran(tx, "later"))
    found = backup.manifest_of(tmp_path / "backup", vault)
    assert found == made
    backup.restore(tmp_path / "backup", found, other, tmp_path / "other" / "evidence", lambda _: None)
    before, after = everything(filled), everything(other)
    assert [row for row in before["tick"] if row not in after["tick"]] != []
    assert {name: rows for name, rows in after.items() if name != "tick"} == {
        name: rows for name, rows in before.items() if name != "tick"
    }
    assert Files(tmp_path / "other" / "evidence", vault).get(next(iter_sha(evidence, vault))) == b"a picture"


def iter_sha(folder, vault):
    files = Files(folder, vault)
    return (files._known(path) for path in folder.glob("??/*"))


def test_tables_come_behind_those_that_they_refer_to(db):
    with db.read() as tx:
        order = list(db.engine.layout(tx._session))
    assert order.index("submission") < min(order.index(name) for name in ("identity", "evidence", "deadline", "reward"))
    assert order.index("alarm") < order.index("alarm_call")
    assert set(order) == db.tables()


def test_a_folder_that_is_not_empty_is_not_written_to(filled, evidence, tmp_path):
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "mine").write_text("x")
    with pytest.raises(StorageError, match="不是空的"):
        backup.write(filled, evidence, tmp_path / "backup", lambda _: None)
    assert [path.name for path in (tmp_path / "backup").iterdir()] == ["mine"]
