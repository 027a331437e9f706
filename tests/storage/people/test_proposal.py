"""A role waits for a second person, and is proposed by the first who did."""

import pytest

from storage.people import proposal, staff
from storage.people.staff import Role


@pytest.fixture(autouse=True)
def li(db):
    db.write(lambda tx: staff.add(tx, "li", password_hash="x", roles=frozenset()))


def test_it_waits_until_it_is_taken_out(db, ask):
    db.write(lambda tx: proposal.add(tx, "li", Role.LIAISON, "guanli"))
    (found,) = ask(proposal.every)
    assert (found.staff, found.role, found.by) == ("li", Role.LIAISON, "guanli")
    assert ask(lambda tx: proposal.of(tx, "li", "liaison")) == found
    db.write(lambda tx: proposal.remove(tx, "li", Role.CUSTODIAN))
    assert ask(proposal.every) == [found]
    db.write(lambda tx: proposal.remove(tx, "li", Role.LIAISON))
    assert ask(proposal.every) == []
    assert ask(lambda tx: proposal.of(tx, "li", "emperor")) is None


def test_who_proposes_it_again_does_not_become_its_proposer(db, ask):
    for by in ("guanli", "command"):
        db.write(lambda tx, by=by: proposal.add(tx, "li", Role.LIAISON, by))
    assert [one.by for one in ask(proposal.every)] == ["guanli"]
