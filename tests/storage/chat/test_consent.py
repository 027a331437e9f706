"""Consents to notices: each is good for one, and the page that asks for it cannot be guessed."""

from datetime import date, timedelta

import pytest

from storage.chat import consent
from storage.submissions import submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


@pytest.fixture
def left(ask):
    """How many notices of a template a person still agrees to."""
    return lambda sender="s", template="t": ask(lambda tx: consent.remaining(tx, sender, template))


@pytest.fixture
def give(db):
    return lambda sender="s", template="t": db.write(lambda tx: consent.give(tx, sender, template))


def test_each_consent_is_good_for_one_notice_and_there_is_no_debt(db, give, left):
    give()
    give()
    assert left() == 2
    for remaining in (1, 0, 0):
        db.write(lambda tx: consent.use(tx, "s", "t"))
        assert left() == remaining
    give()
    assert left() == 1


def test_a_consent_is_of_one_person_for_one_template(db, give, left):
    give()
    give(template="other")
    give(sender="neighbour")
    db.write(lambda tx: consent.withdraw(tx, "s", "t"))
    assert (left(), left(template="other"), left(sender="neighbour")) == (0, 1, 1)
    db.write(lambda tx: consent.erase(tx, "s"))
    assert (left(template="other"), left(sender="neighbour")) == (0, 1)


@pytest.fixture
def page(db):
    """The token of a page that asks the reporter of a new submission, and its number."""

    def store(tx):
        draft = Draft(Kind.REPORT, "triage", "other", tx.now)
        made = submission.add(tx, draft, identity=Identity(openid="s"), day=date(2026, 11, 23))
        return consent.open_page(tx, made.id), made.number

    return lambda: db.write(store)


def test_a_page_is_found_by_its_token_alone_which_is_not_stored(ask, page):
    (first, number), (second, other) = page(), page()
    assert ask(lambda tx: consent.page(tx, first)) == number
    assert ask(lambda tx: consent.page(tx, second)) == other
    assert ask(lambda tx: consent.page(tx, first[:-1])) is None
    assert first not in str(ask(lambda tx: tx.all("select * from consent_page")))


def test_old_pages_are_forgotten_and_new_ones_stay(db, ask, page, clock):
    old, _ = page()
    clock.advance(days=30)
    new, _ = page()
    assert db.write(lambda tx: consent.forget_pages(tx, tx.now - timedelta(days=1), 9)) == 1
    assert ask(lambda tx: consent.page(tx, old)) is None
    assert ask(lambda tx: consent.page(tx, new))
