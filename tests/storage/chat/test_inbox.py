"""Messages as they came, and what was answered."""

from datetime import timedelta

import pytest

from storage.chat import inbox, standing
from storage.errors import Conflict


@pytest.fixture
def keep(db):
    def one(dedupe="k1", answer="<xml>回复</xml>", error=""):
        body = "<xml>oReporter</xml>"
        return db.write(
            lambda tx: inbox.keep(tx, dedupe=dedupe, sender="s", body=body, answer=answer.encode(), error=error)
        )

    return one


@pytest.fixture
def find(ask):
    return lambda dedupe: ask(lambda tx: standing.of(tx, "s", dedupe=dedupe)).kept


def test_a_kept_message_is_found_under_its_key_with_the_bytes_that_were_answered(find, keep):
    assert find("k1") is None
    id = keep()
    assert find("k1") == inbox.Kept(id, "<xml>回复</xml>".encode())
    assert find("k2") is None


def test_the_same_key_twice_is_a_conflict(keep):
    keep()
    with pytest.raises(Conflict):
        keep()


def test_nothing_of_the_message_stands_in_plain(ask, keep):
    keep(answer="secret reply")
    row = str(ask(lambda tx: tx.one("select * from inbox")))
    assert "oReporter" not in row
    assert "secret" not in row


def test_a_message_that_was_not_handled_waits_and_is_given_up_after_enough_attempts(db, ask, keep):
    id = keep(error="KeyError")

    def waiting():
        return ask(inbox.unhandled)

    assert waiting() == [(id, "<xml>oReporter</xml>")]
    tries = [db.write(lambda tx: inbox.failed_again(tx, id, "KeyError")) for _ in range(inbox.ATTEMPTS - 2)]
    assert waiting()
    assert ask(inbox.given_up) == []
    tries.append(db.write(lambda tx: inbox.failed_again(tx, id, "KeyError")))
    assert tries == [False, False, False, True]
    assert waiting() == []
    assert [error for _, error in ask(inbox.given_up)] == ["KeyError"]
    assert ask(inbox.count_failed) == 1


def test_a_failed_message_still_answers_a_repeat_as_it_did_also_after_it_was_handled_late(db, ask, find, keep):
    id = keep(answer="sorry", error="KeyError")
    db.write(lambda tx: inbox.handled_late(tx, id))
    assert find("k1").answer == b"sorry"
    assert ask(inbox.count_failed) == 0


def test_the_oldest_waits_first(ask, keep, clock):
    ids = []
    for key in "abc":
        ids.append(keep(key, error="KeyError"))
        clock.advance(seconds=1)
    assert [id for id, _ in ask(inbox.unhandled)] == ids


def test_old_messages_are_forgotten_also_those_that_failed_for_good(db, find, keep, clock):
    keep("done")
    keep("failed", error="KeyError")
    clock.advance(days=200)
    keep("fresh")
    assert db.write(lambda tx: inbox.forget(tx, tx.now - timedelta(days=183), 9)) == 2
    assert find("done") is None
    assert find("failed") is None
    assert find("fresh")


def test_of_a_message_set_apart_nothing_leads_back_to_its_sender(db, ask, find):
    keep = {"dedupe": "k1", "sender": "s", "body": "<xml>oReporter</xml>", "answer": b"x", "apart": True}
    id = db.write(lambda tx: inbox.keep(tx, **keep))
    row = ask(lambda tx: tx.one("select sender, body from inbox"))
    assert (row["sender"], ask(lambda tx: tx.vault.open(row["body"], inbox.BODY, id))) == ("", "")
    assert find("k1").answer == b"x"
