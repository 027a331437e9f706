"""Windows that a person opens for our words: each for some messages and some time."""

from datetime import timedelta

import pytest

from storage.chat import window


@pytest.fixture
def opens(db):
    """Open a window of a cause for some messages and hours."""

    def one(cause, messages, hours, sender="s"):
        db.write(
            lambda tx: window.open_window(
                tx, sender, cause, messages=messages, closes_at=tx.now + timedelta(hours=hours)
            )
        )

    return one


@pytest.fixture
def usable(ask):
    return lambda sender="s": ask(lambda tx: window.usable(tx, sender))


def test_the_window_that_closes_soonest_is_used_first(db, opens, usable):
    assert usable() is None
    opens("message", 2, 48)
    opens("follow", 1, 1)
    used = []
    while cause := usable():
        used.append(cause)
        db.write(lambda tx: window.use(tx, "s"))
    assert used == ["follow", "message", "message"]


def test_a_window_closes_on_time_and_using_a_closed_one_costs_nothing(db, opens, usable, clock):
    opens("message", 5, 48)
    clock.advance(hours=48)
    assert usable() is None
    db.write(lambda tx: window.use(tx, "s"))
    assert db.write(lambda tx: window.forget_closed(tx, tx.now, 9)) == 1
    assert db.write(lambda tx: window.forget_closed(tx, tx.now, 9)) == 0


def test_a_later_window_of_the_same_cause_takes_the_place_of_the_earlier(db, opens, usable, clock):
    opens("message", 1, 48)
    db.write(lambda tx: window.use(tx, "s"))
    opens("message", 1, 48)
    assert usable() == "message"
    clock.advance(hours=47)
    opens("message", 1, 48)
    clock.advance(hours=47)
    assert usable() == "message"


def test_closing_forgets_every_window_of_this_person_only(db, opens, usable):
    opens("message", 5, 48)
    opens("follow", 5, 1)
    opens("message", 5, 48, sender="neighbour")
    db.write(lambda tx: window.close(tx, "s"))
    assert usable() is None
    assert usable("neighbour") == "message"
