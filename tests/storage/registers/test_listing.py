"""Entries of the list of serious violations, by whom they are about."""

from storage.registers import listing as listings

LISTING = {"name": "甲店", "code": "C1", "decided_on": "2026-01-31"}


def test_a_listing_is_of_a_party_and_a_day(db, ask):
    for row in ({}, {"removed_on": "2026-11-01"}, {"decided_on": "2023-01-01"}, {"code": "", "name": "乙店"}):
        db.write(lambda tx, row=row: listings.put(tx, LISTING | row))
    found = ask(lambda tx: listings.of(tx, "", "C1"))
    assert [(entry.decided_on, entry.removed_on) for entry in found] == [
        ("2026-01-31", "2026-11-01"),
        ("2023-01-01", ""),
    ]
    assert len(ask(lambda tx: listings.of(tx, "乙店", ""))) == 1
