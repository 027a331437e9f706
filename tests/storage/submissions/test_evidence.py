"""Pictures, voice and video between arriving and being stored."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage.submissions import evidence, submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind

EVER = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def case(db):
    """The id of a submission."""
    draft = Draft(Kind.REPORT, "triage", "other", datetime(2026, 11, 23, tzinfo=UTC))
    day = date(2026, 11, 23)
    return db.write(lambda tx: submission.add(tx, draft, identity=Identity(openid="a"), day=day)).id


@pytest.fixture
def arrive(db, clock):
    def one(sender="a", kind="image", case=None):
        clock.advance(seconds=1)
        media = f"m{clock.now:%S}"
        return db.write(lambda tx: evidence.await_media(tx, sender=sender, kind=kind, media=media, submission=case))

    return one


def test_loose_files_are_found_by_sender_and_time_in_order(ask, arrive, clock):
    first = arrive()
    between = clock.now + timedelta(milliseconds=500)
    second, _theirs = arrive(), arrive("b")
    assert [file.id for file in ask(lambda tx: evidence.loose(tx, "a", EVER))] == [first, second]
    assert [file.id for file in ask(lambda tx: evidence.loose(tx, "a", between))] == [second]


def test_joining_takes_ones_own_recent_loose_files_once(db, ask, arrive, case, clock):
    _old = arrive()
    clock.advance(minutes=30)
    new, _theirs = arrive(), arrive("b")
    since = clock.now - timedelta(minutes=10)
    assert db.write(lambda tx: evidence.join(tx, "a", case, since)) == 1
    assert db.write(lambda tx: evidence.join(tx, "a", case, since)) == 0
    assert [file.id for file in ask(lambda tx: evidence.of(tx, case))] == [new]


def test_a_file_goes_from_awaited_to_stored(db, ask, arrive):
    id = arrive()
    assert ask(lambda tx: evidence.get(tx, id)).state == "awaited"
    db.write(lambda tx: evidence.lost(tx, id, "40007"))
    db.write(lambda tx: evidence.stored(tx, id, sha256="ab", size=12, mime="image/png"))
    file = ask(lambda tx: evidence.get(tx, id))
    assert (file.state, file.sha256, file.bytes, file.mime, file.error) == ("stored", "ab", 12, "image/png", "")


def test_a_lost_file_says_why(db, ask, arrive):
    id = arrive()
    db.write(lambda tx: evidence.lost(tx, id, "素材已失效"))
    assert ask(lambda tx: evidence.get(tx, id)).error == "素材已失效"
    assert ask(lambda tx: evidence.get(tx, "none")) is None


def test_forgetting_spares_what_belongs_to_a_submission(db, ask, arrive, case):
    joined, _loose, theirs = arrive(case=case), arrive(), arrive("b")
    db.write(lambda tx: evidence.forget_loose_of(tx, "a"))
    assert [file.id for file in ask(lambda tx: evidence.of(tx, case))] == [joined]
    assert [file.id for file in ask(lambda tx: evidence.loose(tx, "b", EVER))] == [theirs]
    assert db.write(lambda tx: evidence.forget_loose(tx, tx.now + timedelta(days=1), 9)) == 1
    assert ask(lambda tx: evidence.get(tx, joined))
