"""Rows that files bring again: found by their identity, changed only where they differ."""

from storage.registers import imports

ROW = {"name": "甲店", "code": "C1", "decided_on": "2026-01-31"}


def put(db, **changed):
    return db.write(lambda tx: imports.put(tx, "listing", "C1@2026-01-31", ROW | changed))


def test_a_repeat_keeps_the_row_as_it_was(db, ask):
    id, changed = put(db)
    assert changed
    row = ask(lambda tx: tx.one("select * from listing"))
    assert put(db) == (id, False)
    assert ask(lambda tx: tx.all("select * from listing")) == [row]


def test_a_correction_changes_what_is_given_and_nothing_else(db, ask):
    id, _ = put(db, reason="添加药品")
    before = ask(lambda tx: tx.one("select * from listing"))
    assert put(db, removed_on="2026-11-01") == (id, True)
    after = ask(lambda tx: tx.one("select * from listing"))
    assert after == before | {"removed_on": "2026-11-01", "updated_at": after["updated_at"]}
    assert after["updated_at"] > before["updated_at"]


def test_the_last_import_of_each_register_is_known(db, ask, clock):
    assert ask(imports.imported) == {}
    for name in ("penalties", "listings", "penalties"):
        clock.advance(days=1)
        db.write(lambda tx, name=name: imports.note_import(tx, name))
    found = ask(imports.imported)
    assert [found[name].day for name in ("penalties", "listings")] == [26, 25]
