"""Messages as they came, and what was answered."""

from datetime import timedelta

import pytest

from storage.chat import inbox
from storage.errors import Conflict


@pytest.fixture
def keep(db):
    def one(dedupe="k1", body="<xml>oReporter</xml>"):
        return db.write(lambda tx: inbox.keep(tx, dedupe=dedupe, sender="s", body=body))

    return one


def test_a_kept_message_is_found_under_its_key_with_the_bytes_that_were_answered(db, ask, keep):
    id = keep()
    assert ask(lambda tx: inbox.find(tx, "k1")) == inbox.Kept(id, None)
    db.write(lambda tx: inbox.answered(tx, id, "<xml>回复</xml>".encode()))
    assert ask(lambda tx: inbox.find(tx, "k1")).answer == "<xml>回复</xml>".encode()
    assert ask(lambda tx: inbox.find(tx, "k2")) is None


def test_the_same_key_twice_is_a_conflict(keep):
    keep()
    with pytest.raises(Conflict):
        keep()


def test_nothing_of_the_message_stands_in_plain(db, ask, keep):
    id = keep()
    db.write(lambda tx: inbox.answered(tx, id, b"secret reply"))
    row = str(ask(lambda tx: tx.one("select * from inbox")))
    assert "oReporter" not in row
    assert "secret" not in row


def test_an_unanswered_message_waits_and_is_given_up_after_enough_attempts(db, ask, keep):
    id = keep()

    def waiting():
        return ask(inbox.unhandled)

    assert waiting() == [(id, "<xml>oReporter</xml>")]
    db.write(lambda tx: inbox.failed(tx, id, "KeyError", b"sorry"))
    tries = [db.write(lambda tx: inbox.failed_again(tx, id, "KeyError")) for _ in range(inbox.ATTEMPTS - 2)]
    assert waiting()
    assert ask(inbox.given_up) == []
    tries.append(db.write(lambda tx: inbox.failed_again(tx, id, "KeyError")))
    assert tries == [False, False, False, True]
    assert waiting() == []
    assert [error for _, error in ask(inbox.given_up)] == ["KeyError"]
    assert ask(inbox.count_failed) == 1


def test_a_failed_message_still_answers_a_repeat_as_it_did_also_after_it_was_handled_late(db, ask, keep):
    id = keep()
    db.write(lambda tx: inbox.failed(tx, id, "KeyError", b"sorry"))
    db.write(lambda tx: inbox.handled_late(tx, id))
    assert ask(lambda tx: inbox.find(tx, "k1")).answer == b"sorry"
    assert ask(inbox.count_failed) == 0


def test_the_oldest_waits_first(ask, keep, clock):
    ids = []
    for key in "abc":
        ids.append(keep(key))
        clock.advance(seconds=1)
    assert [id for id, _ in ask(inbox.unhandled)] == ids


def test_old_messages_are_forgotten_also_those_that_failed_for_good(db, ask, keep, clock):
    done, _failed = keep("done"), keep("failed")
    db.write(lambda tx: inbox.answered(tx, done, b"x"))
    clock.advance(days=200)
    fresh = keep("fresh")
    db.write(lambda tx: inbox.answered(tx, fresh, b"x"))
    assert db.write(lambda tx: inbox.forget(tx, tx.now - timedelta(days=183), 9)) == 2
    assert ask(lambda tx: inbox.find(tx, "done")) is None
    assert ask(lambda tx: inbox.find(tx, "failed")) is None
    assert ask(lambda tx: inbox.find(tx, "fresh"))
