"""Penalties and listings, by whom they are about."""

import pytest

from storage import credit

PENALTY = {"name": "甲店", "code": "C1", "document": "1号", "decided_on": "2026-01-31"}
LISTING = {"name": "甲店", "code": "C1", "decided_on": "2026-01-31"}


@pytest.fixture
def penalties(db, ask):
    """Store penalties, then ask for those of a party by document."""

    def store(*rows):
        for row in rows:
            db.write(lambda tx, row=row: credit.put_penalty(tx, PENALTY | row))
        return lambda name, code: [found.document for found in ask(lambda tx: credit.penalties_of(tx, name, code))]

    return store


def test_a_document_is_stored_once_and_corrected_in_place(db, penalties, ask):
    of = penalties({}, {}, {"restored": 1, "fine": "0.5"})
    assert of("", "C1") == ["1号"]
    (kept,) = ask(lambda tx: credit.penalties_of(tx, "", "C1"))
    assert (kept.restored, kept.fine, kept.disclosed_until) == (True, "0.5", "")


def test_decisions_are_found_by_code_and_by_name_only_without_one(penalties):
    of = penalties({}, {"document": "2号", "code": ""}, {"document": "3号", "code": "C2"})
    assert of("甲店", "C1") == ["2号", "1号"]
    assert of("", "C1") == ["1号"]
    assert of("甲店", "") == ["2号"]
    assert of("乙店", "C9") == of("", "") == []


def test_the_newest_comes_first(penalties):
    of = penalties({}, {"document": "2号", "decided_on": "2026-05-01"}, {"document": "3号", "decided_on": "2025-05-01"})
    assert of("", "C1") == ["2号", "1号", "3号"]


def test_a_listing_is_of_a_party_and_a_day(db, ask):
    for row in ({}, {"removed_on": "2026-11-01"}, {"decided_on": "2023-01-01"}, {"code": "", "name": "乙店"}):
        db.write(lambda tx, row=row: credit.put_listing(tx, LISTING | row))
    found = ask(lambda tx: credit.listings_of(tx, "", "C1"))
    assert [(entry.decided_on, entry.removed_on) for entry in found] == [
        ("2026-01-31", "2026-11-01"),
        ("2023-01-01", ""),
    ]
    assert len(ask(lambda tx: credit.listings_of(tx, "乙店", ""))) == 1
