"""Followers and unfinished talks."""

from datetime import timedelta

from storage.chat import follower
from storage.chat import talk as talks


def test_following_twice_counts_once_and_leaving_erases(db, ask):
    for _ in range(2):
        db.write(lambda tx: follower.follow(tx, "o1"))
    assert ask(follower.count) == 1
    assert "o1" not in str(ask(lambda tx: tx.all("select * from follower")))
    db.write(lambda tx: follower.erase(tx, follower.sender_of(tx, "o1")))
    assert ask(follower.count) == 0


def test_a_talk_is_remembered_with_when_it_began(db, ask, clock):
    db.write(lambda tx: talks.save(tx, "s", "report", {"merchant": "老王"}))
    clock.advance(minutes=5)
    db.write(lambda tx: talks.save(tx, "s", "report", {"merchant": "老王", "address": ""}))
    talk = ask(lambda tx: talks.of(tx, "s"))
    assert (talk.topic, talk.answers) == ("report", {"merchant": "老王", "address": ""})
    assert talk.updated_at - talk.started_at > timedelta(minutes=4)


def test_answers_are_unreadable_on_disk(db, ask):
    db.write(lambda tx: talks.save(tx, "s", "report", {"name": "张三"}))
    assert "张三" not in str(ask(lambda tx: tx.all("select * from talk")))


def test_an_ended_talk_and_one_that_never_was_are_none(db, ask):
    db.write(lambda tx: talks.save(tx, "s", "report", {}))
    db.write(lambda tx: talks.end(tx, "s"))
    assert ask(lambda tx: talks.of(tx, "s")) is None


def test_leaving_ends_the_talk(db, ask):
    sender = db.write(lambda tx: follower.sender_of(tx, "o1"))
    db.write(lambda tx: talks.save(tx, sender, "report", {}))
    db.write(lambda tx: follower.erase(tx, sender))
    assert ask(lambda tx: talks.of(tx, sender)) is None


def test_stale_talks_are_erased_and_live_ones_stay(db, ask, clock):
    db.write(lambda tx: talks.save(tx, "old", "report", {}))
    clock.advance(hours=25)
    db.write(lambda tx: talks.save(tx, "new", "report", {}))
    assert db.write(lambda tx: talks.erase_stale(tx, tx.now - timedelta(hours=24))) == 1
    assert ask(lambda tx: talks.of(tx, "old")) is None
    assert ask(lambda tx: talks.of(tx, "new"))
