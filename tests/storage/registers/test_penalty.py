"""Penalties, by whom they are about."""

import pytest

from storage.registers import penalty as penalties

PENALTY = {"name": "甲店", "code": "C1", "document": "1号", "decided_on": "2026-01-31"}


@pytest.fixture
def store(db, ask):
    """Store penalties, then ask for those of a party by document."""

    def put(*rows):
        for row in rows:
            db.write(lambda tx, row=row: penalties.put(tx, PENALTY | row))
        return lambda name, code: [found.document for found in ask(lambda tx: penalties.of(tx, name, code))]

    return put


def test_a_document_is_stored_once_and_corrected_in_place(db, store, ask):
    of = store({}, {}, {"restored": 1, "fine": "0.5"})
    assert of("", "C1") == ["1号"]
    (kept,) = ask(lambda tx: penalties.of(tx, "", "C1"))
    assert (kept.restored, kept.fine, kept.disclosed_until) == (True, "0.5", "")


def test_decisions_are_found_by_code_and_by_name_only_without_one(store):
    of = store({}, {"document": "2号", "code": ""}, {"document": "3号", "code": "C2"})
    assert of("甲店", "C1") == ["2号", "1号"]
    assert of("", "C1") == ["1号"]
    assert of("甲店", "") == ["2号"]
    assert of("乙店", "C9") == of("", "") == []


def test_the_newest_comes_first(store):
    of = store({}, {"document": "2号", "decided_on": "2026-05-01"}, {"document": "3号", "decided_on": "2025-05-01"})
    assert of("", "C1") == ["2号", "1号", "3号"]


@pytest.mark.parametrize(
    "spelled", ["密监罚[2026]1号", "密监罚（2026）1 号", "密监罚﹝２０２６﹞１号", "密监罚【2026】 1号"]
)
def test_a_number_is_one_however_it_is_spelled_and_keeps_its_first_spelling(db, ask, spelled):
    first = PENALTY | {"document": "密监罚〔2026〕1号"}
    assert db.write(lambda tx: penalties.put(tx, first))
    assert not db.write(lambda tx: penalties.put(tx, first | {"document": spelled}))
    assert db.write(lambda tx: penalties.put(tx, first | {"document": "密监罚〔2026〕11号"}))
    assert [found.document for found in ask(lambda tx: penalties.of(tx, "", "C1"))] == [
        "密监罚〔2026〕11号",
        "密监罚〔2026〕1号",
    ]
