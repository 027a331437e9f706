"""How things stand with a person, read at once."""

from datetime import timedelta

import pytest

from storage.chat import doubt, inbox, pending, standing, talk
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from storage.submissions import evidence, submission
from storage.submissions.identity import Identity
from tests.storage.submissions.conftest import DAY, draft


@pytest.fixture
def of(ask):
    def one(openid, **more):
        return ask(lambda tx: standing.of(tx, tx.vault.digest(openid, "openid"), **more))

    return one


def test_of_somebody_who_never_wrote_nothing_is_known(of):
    found = of("oNew", dedupe="k1")
    assert (found.kept, found.doubt, found.talk, found.pending, found.pace) == (None, None, None, None, 0)
    assert not any((found.slowed, found.handed_in, found.held, found.summary, found.loose))


def test_each_table_tells_of_its_own(db, of):
    def begin(tx):
        sender = tx.vault.digest("o1", "openid")
        doubt.ask(tx, sender, "danger", openid="o1", text="肚子疼")
        talk.save(tx, sender, "report", {"merchant": "老王"}, openid="o1")
        pending.ask(tx, sender, "retract", ["SA1"], {})

    db.write(begin)
    found = of("o1")
    assert (found.doubt.text, found.doubt.openid) == ("肚子疼", "o1")
    assert (found.talk.answers, found.talk.openid, found.talk.rests) == ({"merchant": "老王"}, "o1", False)
    assert (found.pending.verb, found.pending.numbers) == ("retract", ("SA1",))
    assert (of("o2").doubt, of("o2").talk, of("o2").pending) == (None, None, None)


def test_a_notice_held_for_somebody_is_seen_of_a_citizen_and_of_staff(db, of):
    def hold(tx, topic, openid):
        outbox.put(tx, "notice", Subject(topic, tx.new_id()), openid=openid, payload={"text": "已受理"})
        outbox.hold(tx, outbox.claim(tx, "notice").id, "no way")

    db.write(lambda tx: hold(tx, Topic.SUBMISSION, "oCitizen"))
    db.write(lambda tx: hold(tx, Topic.ALARM, "oStaff"))
    assert [of(openid).held for openid in ("oCitizen", "oStaff", "oOther")] == [True, True, False]


def test_a_summary_that_waits_and_files_of_no_submission_are_seen(db, of):
    def send(tx):
        sender = tx.vault.digest("o1", "openid")
        evidence.await_media(tx, sender=sender, kind="image", media="m1", submission=None)
        outbox.put(tx, "notice", Subject(Topic.PICTURES, tx.new_id()), openid="o1", payload={"text": "收到1张照片"})

    db.write(send)
    assert (of("o1").loose, of("o1").summary, of("o1").held) == (True, True, False)
    assert (of("o2").loose, of("o2").summary) == (False, False)


def test_who_has_handed_something_in_is_known(db, of):
    db.write(lambda tx: submission.add(tx, draft(), identity=Identity(openid="o1"), day=DAY))
    assert (of("o1").handed_in, of("o2").handed_in) == (True, False)


def test_messages_of_the_last_minute_are_counted_over_midnight_and_one_that_waits_is_seen(db, of, clock):
    def keep(dedupe, error=""):
        db.write(
            lambda tx: inbox.keep(
                tx, dedupe=dedupe, sender=tx.vault.digest("o1", "openid"), body="x", answer=b"x", error=error
            )
        )

    clock.now = clock.now.replace(hour=23, minute=59, second=50)
    keep("k1")
    clock.now += timedelta(seconds=20)
    keep("k2")
    assert (of("o1").pace, of("o1").slowed, of("o2").pace) == (2, False, 0)
    keep("k3", error=inbox.SLOWED)
    clock.now += timedelta(minutes=2)
    assert (of("o1").pace, of("o1").slowed) == (0, True)
