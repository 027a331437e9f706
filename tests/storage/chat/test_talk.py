"""Unfinished talks: remembered with their answers, sealed, and erased in time."""

from datetime import timedelta

from storage.chat import standing
from storage.chat import talk as talks
from storage.errors import StorageError


def test_a_talk_is_remembered_with_when_it_began(db, ask, clock):
    db.write(lambda tx: talks.save(tx, "s", "report", {"merchant": "老王"}))
    clock.advance(minutes=5)
    db.write(lambda tx: talks.save(tx, "s", "report", {"merchant": "老王", "address": ""}))
    talk = ask(lambda tx: standing.of(tx, "s").talk)
    assert (talk.topic, talk.answers) == ("report", {"merchant": "老王", "address": ""})
    assert talk.updated_at - talk.started_at > timedelta(minutes=4)


def test_answers_are_unreadable_on_disk(db, ask):
    db.write(lambda tx: talks.save(tx, "s", "report", {"name": "张三"}))
    assert "张三" not in str(ask(lambda tx: tx.all("select * from talk")))


def test_an_ended_talk_and_one_that_never_was_are_none(db, ask):
    db.write(lambda tx: talks.save(tx, "s", "report", {}))
    db.write(lambda tx: talks.end(tx, "s"))
    assert ask(lambda tx: standing.of(tx, "s").talk) is None


def test_stale_talks_are_erased_and_live_ones_stay(db, ask, clock):
    db.write(lambda tx: talks.save(tx, "old", "report", {}))
    clock.advance(hours=25)
    db.write(lambda tx: talks.save(tx, "new", "report", {}))
    assert db.write(lambda tx: talks.erase_stale(tx, tx.now - timedelta(hours=24))) == 1
    assert ask(lambda tx: standing.of(tx, "old").talk) is None
    assert ask(lambda tx: standing.of(tx, "new").talk)


def test_another_persons_answers_put_in_ones_own_row_do_not_open(db, ask):
    db.write(lambda tx: talks.save(tx, "victim", "report", {"name": "张三"}))
    db.write(lambda tx: talks.save(tx, "thief", "report", {}))
    db.write(lambda tx: tx.run("update talk set answers = (select max(answers) from talk)"))
    opened = 0
    for sender in ("victim", "thief"):
        try:
            opened += bool(ask(lambda tx, sender=sender: standing.of(tx, sender).talk))
        except StorageError:
            continue
    assert opened == 1
