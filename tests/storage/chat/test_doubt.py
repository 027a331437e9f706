"""One held message of each person."""

from datetime import timedelta

from storage.chat import doubt, standing


def test_a_held_message_is_its_senders_until_it_is_settled(db):
    db.write(lambda tx: doubt.ask(tx, "one", "danger", openid="o1", text="肚子疼"))
    with db.read() as tx:
        found = standing.of(tx, "one").doubt
        assert (found.kind, found.openid, found.text) == ("danger", "o1", "肚子疼")
        assert standing.of(tx, "two").doubt is None
    db.write(lambda tx: doubt.settle(tx, found))
    with db.read() as tx:
        assert standing.of(tx, "one").doubt is None


def test_the_oldest_unanswered_come_first_and_no_more_than_asked_for(db):
    for sender in ("one", "two", "three"):
        db.write(lambda tx, sender=sender: doubt.ask(tx, sender, "danger", openid=sender, text="x"))
    with db.read() as tx:
        later = tx.now + timedelta(seconds=1)
        assert [one.openid for one in doubt.unanswered(tx, later, 2)] == ["one", "two"]
        assert doubt.unanswered(tx, later - timedelta(hours=1), 2) == []
