"""The platform's token: shared, sealed, and gone when its time is up."""

from datetime import timedelta

from storage.chat import platform
from storage.engine.database import open_database


def test_a_token_serves_until_it_expires_and_every_process_sees_it(db, ask, clock, vault, url):
    assert ask(lambda tx: platform.current(tx, "wx1")) is None
    db.write(lambda tx: platform.store(tx, "wx1", "T1", tx.now + timedelta(hours=2)))
    other = open_database(url, vault, clock)
    with other.read() as tx:
        assert platform.current(tx, "wx1") == "T1"
    other.close()
    assert ask(lambda tx: platform.current(tx, "wx2")) is None
    clock.advance(hours=2, seconds=1)
    assert ask(lambda tx: platform.current(tx, "wx1")) is None


def test_a_new_token_replaces_the_old_one_and_a_dropped_one_is_gone(db, ask):
    for name in ("T1", "T2"):
        db.write(lambda tx, name=name: platform.store(tx, "wx1", name, tx.now + timedelta(hours=2)))
    assert ask(lambda tx: platform.current(tx, "wx1")) == "T2"
    db.write(lambda tx: platform.drop(tx, "wx1"))
    assert ask(lambda tx: platform.current(tx, "wx1")) is None


def test_it_is_unreadable_on_disk(db, ask):
    db.write(lambda tx: platform.store(tx, "wx1", "TOPSECRET", tx.now + timedelta(hours=2)))
    assert "TOPSECRET" not in str(ask(lambda tx: tx.all("select * from platform_token")))


def test_errors_are_counted_each_by_its_sign(db, ask):
    for sign in ("45009", "tls", "45009"):
        db.write(lambda tx, sign=sign: platform.count_error(tx, sign))
    assert ask(platform.errors) == {"45009": 2, "tls": 1}
