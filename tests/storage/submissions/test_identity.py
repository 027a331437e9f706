"""Who reported: sealed, apart from everything else, and opened through two doors only."""

import pytest

from storage import audit
from storage.chat import follower
from storage.errors import StorageError
from storage.submissions import identity as identities
from storage.submissions import submission
from storage.submissions.identity import Identity

WHO = Identity(openid="oReporter", name="张三", phone="13812345678")


def test_who_reported_is_sealed_and_opens_again(ask, add):
    who = Identity(openid="o1", name="张三", phone="13812345678", address="东大街", mentioned="13900000000")
    made = add(identity=who)
    assert ask(lambda tx: identities._of(tx, made.id)) == who
    row = str(ask(lambda tx: tx.all("select * from identity, submission")))
    assert not any(secret in row for secret in ("o1'", "张三", "13812345678", "东大街", "13900000000"))


def test_a_name_given_later_is_sealed(db, ask, add):
    made = add()
    db.write(lambda tx: identities.give(tx, made.id, name="李四", phone="13900001111"))
    assert ask(lambda tx: identities._of(tx, made.id)).name == "李四"
    assert ask(lambda tx: submission.get(tx, made.number)).named
    assert "李四" not in str(ask(lambda tx: tx.all("select * from identity")))


def test_numbers_masked_later_join_those_masked_before(db, ask, add):
    made = add(identity=Identity(mentioned="13900000000"))
    db.write(lambda tx: identities.mention(tx, made.id, []))
    db.write(lambda tx: identities.mention(tx, made.id, ["13700000000", "13600000000"]))
    assert ask(lambda tx: identities._of(tx, made.id)).mentioned.split() == [
        "13900000000",
        "13700000000",
        "13600000000",
    ]
    assert "137" not in str(ask(lambda tx: tx.all("select mentioned from identity")))


def test_what_staff_entered_has_no_sender_and_a_stranger_no_identity(ask, add):
    add(identity=Identity(name="张三"))
    assert ask(lambda tx: tx.value("select sender from identity")) is None
    assert ask(lambda tx: identities._of(tx, "none")) == Identity()


def test_an_identity_shows_nothing_where_it_is_printed():
    assert repr(Identity(openid="o1", name="张三", phone="13812345678")) == "Identity()"


def test_the_machine_that_sends_gets_the_openid_and_leaves_no_row(add, ask):
    assert ask(lambda tx: identities.addressee(tx, add(identity=WHO).id)) == "oReporter"
    assert ask(lambda tx: identities.addressee(tx, add(identity=Identity(name="李四")).id)) == ""
    assert ask(lambda tx: identities.addressee(tx, "nowhere")) == ""
    assert ask(audit.length) == 0


def test_a_person_who_asks_is_written_down_with_the_reason(db, add, ask):
    made = add(identity=WHO)
    seen = db.write(lambda tx: identities.reveal(tx, made.id, reason="法院调取", by="周保管", number=made.number))
    assert seen == WHO
    (row,) = ask(audit.newest)
    assert (row.actor, row.action, row.subject, row.detail) == ("周保管", "reveal", made.number, "法院调取")


@pytest.mark.parametrize(("reason", "by"), [("", "周保管"), ("法院调取", "")])
def test_without_a_reason_or_a_person_it_stays_shut(db, add, ask, reason, by):
    made = add(identity=WHO)
    with pytest.raises(ValueError, match=made.number):
        db.write(lambda tx: identities.reveal(tx, made.id, reason=reason, by=by, number=made.number))
    assert ask(audit.length) == 0


@pytest.mark.parametrize("copied", [("sender",), ("sender", "openid")])
def test_a_case_that_is_moved_to_somebody_else_is_not_theirs(db, ask, add, copied):
    theirs, mine = (add(identity=Identity(openid)) for openid in "ab")
    thief = ask(lambda tx: follower.sender_of(tx, "b"))
    assert [case.id for case in ask(lambda tx: submission.of_sender(tx, thief))] == [mine.id]
    taken = ", ".join(f"{name} = (select {name} from identity where submission = :mine)" for name in copied)
    db.write(lambda tx: tx.run(f"update identity set {taken} where submission = :id", mine=mine.id, id=theirs.id))
    with pytest.raises(StorageError, match="被改过"):
        ask(lambda tx: submission.of_sender(tx, thief))
