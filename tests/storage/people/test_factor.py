"""Second factors: sealed secrets, and recovery codes of which nothing stands in the database."""

from datetime import timedelta

import pytest

from storage.people import factor, staff

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def wang(db):
    db.write(lambda tx: staff.add(tx, "wang", password_hash="x", roles=frozenset()))
    db.write(lambda tx: factor.put(tx, "wang", SECRET, ["AAAA", "BBBB"], tx.now))
    return "wang"


def test_a_secret_is_read_back_and_stands_nowhere_in_clear(db, ask, wang):
    assert ask(lambda tx: factor.find(tx, wang)).secret == SECRET
    assert SECRET not in repr(ask(lambda tx: factor.find(tx, wang)))
    assert ask(lambda tx: factor.find(tx, "li")) is None
    kept = str([ask(lambda tx, t=t: tx.all(f"select * from {t}")) for t in ("staff_factor", "staff_recovery")])
    for secret in (SECRET, "AAAA", "BBBB"):
        assert secret not in kept


def test_a_recovery_code_is_of_one_account_and_used_up(db, ask, wang):
    db.write(lambda tx: staff.add(tx, "li", password_hash="x", roles=frozenset()))
    db.write(lambda tx: factor.put(tx, "li", SECRET, ["CCCC"], tx.now))
    take = lambda name, code: db.write(lambda tx: factor.take_recovery(tx, name, code))  # noqa: E731
    assert [take("li", "AAAA"), take(wang, "AAAA"), take(wang, "AAAA")] == [False, True, False]
    assert [ask(lambda tx, n=n: factor.recovery_left(tx, n)) for n in (wang, "li", "nobody")] == [1, 1, 0]


def test_a_new_one_takes_the_place_of_the_old_with_all_its_codes(db, ask, wang):
    at = ask(lambda tx: tx.now) + timedelta(minutes=1)
    db.write(lambda tx: factor.put(tx, wang, "ANOTHERSECRET234", ["DDDD"], at))
    found = ask(lambda tx: factor.find(tx, wang))
    assert (found.secret, found.taken_at) == ("ANOTHERSECRET234", at)
    assert not db.write(lambda tx: factor.take_recovery(tx, wang, "BBBB"))


def test_it_ends_once_and_for_its_account_alone(db, ask, wang):
    assert ask(factor.holders) == {wang}
    assert [db.write(lambda tx: factor.end(tx, wang)) for _ in range(2)] == [True, False]
    assert ask(factor.holders) == frozenset()
    assert ask(lambda tx: factor.recovery_left(tx, wang)) == 0
