"""Consent to be sent something: given, withdrawn, erased; and the account's tags."""

from datetime import timedelta

from storage.chat import subscription
from storage.engine.times import stamp


def consents(ask):
    rows = ask(lambda tx: tx.all("select * from subscription order by topic"))
    return {row["topic"]: (row["given_at"], row["withdrawn_at"]) for row in rows}


def test_a_choice_keeps_when_it_was_given_and_withdrawn(db, ask, clock):
    db.write(lambda tx: subscription.give(tx, "s", ["a", "b"]))
    given = consents(ask)["a"][0]
    clock.advance(days=1)
    db.write(lambda tx: subscription.withdraw(tx, "s", ["a", "never"]))
    withdrawn = consents(ask)["a"]
    assert withdrawn[0] == given
    assert withdrawn[1] > stamp(clock.now - timedelta(minutes=1))
    assert consents(ask).keys() == {"a", "b"}
    assert ask(lambda tx: subscription.chosen(tx, "s")) == {"b"}


def test_choosing_again_keeps_the_date_unless_it_was_withdrawn(db, ask, clock):
    db.write(lambda tx: subscription.give(tx, "s", ["a", "b"]))
    before = consents(ask)
    db.write(lambda tx: subscription.withdraw(tx, "s", ["b"]))
    clock.advance(days=1)
    db.write(lambda tx: subscription.give(tx, "s", ["a", "b"]))
    after = consents(ask)
    assert after["a"] == before["a"]
    assert after["b"][0] > before["b"][0]
    assert after["b"][1] is None


def test_withdrawing_twice_keeps_the_first_date(db, ask, clock):
    db.write(lambda tx: subscription.give(tx, "s", ["a"]))
    db.write(lambda tx: subscription.withdraw(tx, "s", ["a"]))
    before = consents(ask)
    clock.advance(days=1)
    db.write(lambda tx: subscription.withdraw(tx, "s", ["a"]))
    assert consents(ask) == before


def test_one_persons_choices_are_not_anothers(db, ask):
    db.write(lambda tx: subscription.give(tx, "s", ["a"]))
    db.write(lambda tx: subscription.give(tx, "t", ["a"]))
    assert db.write(lambda tx: subscription.erase(tx, "s")) is True
    assert db.write(lambda tx: subscription.erase(tx, "s")) is False
    assert ask(lambda tx: subscription.chosen(tx, "s")) == set()
    assert ask(lambda tx: subscription.chosen(tx, "t")) == {"a"}


def test_the_tags_of_an_account_are_replaced_as_a_whole(db, ask):
    db.write(lambda tx: subscription.store_tags(tx, "wx1", {"甲": 100, "乙": 101}))
    db.write(lambda tx: subscription.store_tags(tx, "wx2", {"甲": 7}))
    db.write(lambda tx: subscription.store_tags(tx, "wx1", {"丙": 102}))
    assert ask(lambda tx: subscription.tags(tx, "wx1")) == {"丙": 102}
    assert ask(lambda tx: subscription.tags(tx, "wx2")) == {"甲": 7}
