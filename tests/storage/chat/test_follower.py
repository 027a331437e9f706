"""Followers: counted once, and forgotten when they leave."""

from storage.chat import follower, standing
from storage.chat import talk as talks


def test_following_twice_counts_once_and_leaving_erases(db, ask):
    for _ in range(2):
        db.write(lambda tx: follower.follow(tx, "oReporter"))
    assert ask(follower.count) == 1
    assert "oReporter" not in str(ask(lambda tx: tx.all("select * from follower")))
    db.write(lambda tx: follower.erase(tx, follower.sender_of(tx, "oReporter")))
    assert ask(follower.count) == 0


def test_leaving_ends_the_talk(db, ask):
    sender = db.write(lambda tx: follower.sender_of(tx, "oReporter"))
    db.write(lambda tx: talks.save(tx, sender, "report", {}))
    db.write(lambda tx: follower.erase(tx, sender))
    assert ask(lambda tx: standing.of(tx, sender).talk) is None
