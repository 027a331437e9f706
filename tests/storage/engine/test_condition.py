"""How the database itself is."""

from datetime import UTC, datetime

import pytest

from storage.engine import condition


def test_a_database_is_whole_and_its_clock_near(db):
    assert condition.fault(db) == ""
    told = condition.server_time(db)
    assert told is None or abs((told - datetime.now(UTC)).total_seconds()) < 60


@pytest.mark.embedded
def test_a_wrong_page_is_named(db, ask):
    page, size = ask(
        lambda tx: (
            tx.value("select rootpage from sqlite_master where name = 'tick'"),
            tx.value("pragma page_size"),
        )
    )
    db.close()
    with db.engine.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert condition.fault(db)
