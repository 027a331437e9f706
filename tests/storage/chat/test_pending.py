"""What a citizen was asked: one question per person, sealed, and forgotten in time."""

from datetime import timedelta

from storage.chat import pending, standing


def test_a_newer_question_takes_the_place_of_an_older(db, ask):
    db.write(lambda tx: pending.ask(tx, "s", "add_words", ["SA1", "SA2"], {}))
    db.write(lambda tx: pending.ask(tx, "s", "give_name", ["SA1"], {"name": "张三"}))
    asked = ask(lambda tx: standing.of(tx, "s").pending)
    assert (asked.verb, asked.numbers, asked.answers) == ("give_name", ("SA1",), {"name": "张三"})
    assert ask(lambda tx: standing.of(tx, "t").pending) is None


def test_answers_are_unreadable_on_disk_and_in_logs(db, ask):
    db.write(lambda tx: pending.ask(tx, "s", "give_name", ["SA1"], {"name": "张三"}))
    assert "张三" not in str(ask(lambda tx: tx.all("select * from pending")))
    assert "张三" not in repr(ask(lambda tx: standing.of(tx, "s").pending))


def test_closed_and_stale_questions_are_gone(db, ask, clock):
    db.write(lambda tx: pending.ask(tx, "s", "retract", ["SA1"], {}))
    db.write(lambda tx: pending.close(tx, "s"))
    assert ask(lambda tx: standing.of(tx, "s").pending) is None
    db.write(lambda tx: pending.ask(tx, "s", "retract", ["SA1"], {}))
    clock.advance(days=1)
    db.write(lambda tx: pending.ask(tx, "t", "retract", ["SA2"], {}))
    assert db.write(lambda tx: pending.erase_stale(tx, tx.now - timedelta(hours=1))) == 1
    assert ask(lambda tx: standing.of(tx, "t").pending) is not None
