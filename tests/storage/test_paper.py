"""Papers that were made, and the numbers of their series."""

import pytest

from storage import paper
from storage.submissions import submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


def test_numbers_run_by_series_and_year(db):
    taken = [db.write(lambda tx, one=one: paper.next_number(tx, *one)) for one in (("收", 2026), ("收", 2026))]
    assert taken == [1, 2]
    assert db.write(lambda tx: paper.next_number(tx, "移", 2026)) == 1
    assert db.write(lambda tx: paper.next_number(tx, "收", 2027)) == 1


def test_a_number_that_was_refused_is_given_again(db):
    def fails(tx):
        paper.next_number(tx, "收", 2026)
        raise LookupError

    with pytest.raises(LookupError):
        db.write(fails)
    assert db.write(lambda tx: paper.next_number(tx, "收", 2026)) == 1


def test_a_paper_is_kept_as_it_was_made(db, ask, clock):
    draft = Draft(Kind.REPORT, "triage", "other", clock())
    found = db.write(lambda tx: submission.add(tx, draft, identity=Identity(), day=clock().date()))
    made = db.write(
        lambda tx: paper.add(tx, found.id, kind="receipt", title="收件回执", number="1号", by="li", text="# 一")
    )
    assert ask(lambda tx: paper.of(tx, found.id)) == [made]
    assert ask(lambda tx: paper.find(tx, made.id)) == made
    assert ask(lambda tx: paper.find(tx, "x")) is None
