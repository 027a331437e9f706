"""Rewards: one row a report, found by its number or by whoever made it."""

from datetime import timedelta

import pytest

from storage import reward
from storage.chat import follower
from storage.errors import Conflict
from storage.submissions import submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


@pytest.fixture
def reported(db):
    """Store a report; returns its number and id."""

    def make(openid="s1", kind=Kind.REPORT, stage="concluded"):
        def add(tx):
            draft = Draft(kind=kind, stage=stage, category="other", received_at=tx.now)
            return submission.add(tx, draft, identity=Identity(openid=openid), day=tx.now.date())

        return db.write(add)

    return make


def offered(db, openid="s1", hours=2):
    with db.read() as tx:
        return reward.offered(tx, follower.sender_of(tx, openid), tx.now - timedelta(hours=hours))


def test_an_offer_made_again_is_the_same_row(db, reported):
    made = reported()
    for _ in range(2):
        db.write(lambda tx: reward.offer(tx, made.id))
    found = offered(db)
    assert (found.number, found.state, found.version) == (made.number, "offered", 1)
    assert offered(db, "s2") is None
    assert offered(db, hours=-1) is None
    with db.read() as tx:
        assert reward.by_state(tx) == {"offered": 1}
        assert reward.listed(tx, "", limit=9) == []


def test_what_was_changed_meanwhile_is_not_overwritten(db, reported):
    made = reported()
    db.write(lambda tx: reward.offer(tx, made.id))
    before = offered(db)
    after = db.write(lambda tx: reward.change(tx, before, state="applied", applied_at=tx.stamp))
    assert (after.state, after.version) == ("applied", 2)
    with pytest.raises(Conflict):
        db.write(lambda tx: reward.change(tx, before, state="paid"))
    db.write(lambda tx: reward.offer(tx, made.id))
    with db.read() as tx:
        assert reward.find(tx, made.number).state == "applied"
        assert [row.number for row in reward.listed(tx, "applied", limit=9)] == [made.number]
        assert reward.listed(tx, "paid", limit=9) == []


def test_ones_own_are_the_concluded_reports_and_those_under_way(db, reported):
    concluded, _, _ = reported(), reported(kind=Kind.COMPLAINT), reported(openid="s2")
    reopened = reported(stage="registered")
    with db.read() as tx:
        assert [one.number for one in reward.of_sender(tx, follower.sender_of(tx, "s1"))] == [concluded.number]
    db.write(lambda tx: reward.offer(tx, reopened.id))
    with db.read() as tx:
        own = reward.of_sender(tx, follower.sender_of(tx, "s1"))
    assert [(one.number, one.state) for one in own] == [(reopened.number, "offered"), (concluded.number, "")]
