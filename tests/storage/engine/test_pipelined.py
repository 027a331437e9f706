"""What a connection to PostgreSQL sends when."""

from collections import defaultdict

import pytest

from tests.storage.engine.conftest import note

pytestmark = pytest.mark.postgresql


def test_what_was_prepared_stays_from_one_reading_to_the_next(db):
    kept = "select count(*) from pg_prepared_statements where statement = 'select 7 as seven'"
    counts = defaultdict(list)
    for _ in range(9):
        with db.read() as tx:
            counts[tx.value("select pg_backend_pid()")].append(tx.value(kept))
            tx.value("select 7 as seven")
    assert all(first == 0 and set(later) <= {1} for first, *later in counts.values())
    assert len(counts) < 9


def test_after_a_refusal_the_same_connection_goes_on(db, on_disk):
    with pytest.raises(ZeroDivisionError):
        db.write(lambda tx: [note("lost")(tx), 1 // 0])
    db.write(note("a"))
    first = db.write(lambda tx: tx.value("select pg_backend_pid()"))
    with pytest.raises(Exception, match="nowhere"):
        db.write(lambda tx: tx.put("delete from nowhere"))
    assert db.write(lambda tx: tx.value("select pg_backend_pid()")) == first
    assert on_disk() == {"a"}
