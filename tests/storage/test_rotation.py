"""A new key takes over while others write: nothing is left under the old one, and all of it opens and is found."""

import threading
from functools import partial

import pytest

from bot.service import open_service
from storage import audit, rotation
from storage.chat import inbox
from storage.people import contact
from storage.submissions import identity
from tests.verbs import spoil, until

STAFF = "command"


@pytest.fixture
def path(service):
    return service.settings.key_file


@pytest.fixture
def ask_service(service):
    def read(fn):
        with service.db.read() as tx:
            return fn(tx)

    return read


@pytest.fixture
def other(service, clock):
    """Another process of the same office, which has read the key file already."""
    other = open_service(service.settings)
    other.db.clock = clock
    yield other
    other.close()


def rotate(service):
    begun = service.db.write(lambda tx: rotation.begin(tx, service.settings.key_file, STAFF))
    return begun, sum(rotation.run(service.db, service.files, STAFF))


def test_everything_is_sealed_under_the_new_key_and_still_opens_and_is_found(service, busy, phone, ask_service):
    made = busy()
    before = rotation.count(service.db, service.files)[1]
    fingerprint = service.db.vault.fingerprint()
    assert rotate(service) == (True, rotation.size(service.db, service.files))
    assert rotation.count(service.db, service.files) == {1: 0, 2: before}
    assert service.db.vault.fingerprint() == fingerprint
    who = ask_service(lambda tx: identity.addressee(tx, made.id))
    assert (who, made.number in phone.say("进度")) == (phone.openid, True)
    assert ask_service(lambda tx: contact.openid_of(tx, "jijian")) == phone.openid
    assert ask_service(contact.phones) == {"jijian": "13712345678"}
    for file in service.files.whole():
        assert service.files.get(service.files._known(file)).startswith(b"a picture")


def test_it_is_in_the_record(service, busy, ask_service):
    busy()
    rotate(service)
    rows = [(row.action, row.subject, row.actor) for row in ask_service(lambda tx: list(audit.rows(tx)))]
    assert [row for row in rows if row[0].startswith("key_")] == [
        ("key_added", "key:2", STAFF),
        ("key_rotated", "key:2", STAFF),
    ]
    ask_service(audit.verify)


def test_another_process_goes_on_writing_and_reading_meanwhile(service, other, busy, ask_service):
    for _ in range(3):
        busy()
    stop, kept = threading.Event(), []

    def write():
        while not stop.is_set():
            text = f"message {len(kept)}"
            kept.append(other.db.write(partial(inbox.keep, dedupe=text, sender="s", body=text, answer=b"x")))
            other.files.put(text.encode())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        until(lambda: len(kept) > 3, "a message")
        rotate(service)
        written = len(kept)
        until(lambda: len(kept) > written + 3, "a message after it")
    finally:
        stop.set()
        writer.join()
    assert rotation.count(service.db, service.files)[1] == 0
    with other.db.read() as tx:
        assert all(tx.vault.open(row["body"], inbox.BODY, row["id"]) for row in tx.all("select id, body from inbox"))


def test_broken_off_it_goes_on_under_the_same_key(service, busy, path, ask_service):
    for _ in range(3):
        busy()
    service.db.write(lambda tx: rotation.begin(tx, path, STAFF))
    steps = rotation.run(service.db, service.files, STAFF)
    while next(steps) == 1:
        pass  # files
    steps.close()
    again = open_service(service.settings)
    try:
        assert rotation.count(again.db, again.files)[1] > 0
        begun, _ = rotate(again)
        assert not begun
        assert rotation.count(again.db, again.files)[1] == 0
        assert again.db.vault.numbers == [1, 2]
    finally:
        again.close()


def test_what_does_not_open_stays_and_keeps_its_key(service, busy, path, caplog):
    made = busy()
    service.db.write(
        lambda tx: tx.run("update identity set name = phone, phone = name where submission = :id", id=made.id)
    )
    spoilt = next(service.files.whole())
    spoil(spoilt)
    rotate(service)
    left = rotation.count(service.db, service.files)[1]
    assert left == 6 + 1  # the values of a row, which is sealed anew whole or not at all, and the file
    assert "identity" in caplog.text
    assert spoilt.name in caplog.text


def test_a_key_goes_only_when_nothing_needs_it(service, busy, path):
    busy()
    for _ in range(2):
        rotate(service)

    def drop(number):
        sealed = rotation.count(service.db, service.files)
        service.db.write(lambda tx: rotation.drop(tx, path, number, sealed, STAFF))

    for needed in (1, 3, 4):
        with pytest.raises(rotation.Kept):
            drop(needed)
    drop(2)
    assert service.db.vault.numbers == [1, 3]
    assert rotate(service)[0]
    assert service.db.vault.numbers == [1, 3, 4]
