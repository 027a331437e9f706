"""Decisions that were stored once for each spelling of their number become one, and are found again."""

import pytest

from storage.engine.database import open_database
from storage.migrations import MIGRATIONS
from storage.registers import penalty as penalties
from tests.engines import make_database

AT = "2026-11-20T01:02:03.000004Z"
SPELLINGS = (
    "新密市监处罚〔2026〕1号",
    "新密市监处罚[2026]1号",
    "新密市监处罚（2026）1 号",
    "新密市监处罚﹝２０２６﹞１号",
)
ZEROS = "0" * 18


@pytest.fixture
def old(engine, tmp_path, worker_id, vault):
    """A database of before, with one decision in every spelling and two people under one code."""
    url = f"sqlite:///{tmp_path / 'old.db'}" if engine == "sqlite" else make_database(f"spelled_{worker_id}")
    db = open_database(url, vault)
    db.migrate(only=[name for name in MIGRATIONS if name < "024"])

    def put(tx):
        known = {"decided_on": "2026-01-31", "created_at": AT, "updated_at": AT}
        for number, document in enumerate((*SPELLINGS, "2号", "3号")):
            tx.insert("penalty", id=f"p{number}", identity=document, document=document, name=f"甲{number}",
                code=ZEROS if "2026" not in document and "２" not in document else "C1", **known)  # fmt: skip

    db.write(put)
    yield db
    db.close()


def test_each_decision_is_there_once_and_the_next_import_finds_it(old):
    old.migrate()
    with old.read() as tx:
        assert [found.document for found in penalties.of(tx, "", "C1")] == [SPELLINGS[-1]]
        assert [found.document for found in penalties.of(tx, "甲4", "")] == ["2号"]
        assert penalties.of(tx, "", ZEROS) == []
    values = {"name": "甲3", "code": "C1", "document": SPELLINGS[1], "decided_on": "2026-01-31"}
    assert not old.write(lambda tx: penalties.put(tx, values))
