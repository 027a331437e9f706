"""Who reported: sealed, apart from everything else, and found again only through the submission."""

from storage.submissions import identity as identities
from storage.submissions import submission
from storage.submissions.identity import Identity


def test_who_reported_is_sealed_and_opens_again(ask, add):
    who = Identity(openid="o1", name="张三", phone="13812345678", address="东大街", mentioned="13900000000")
    made = add(sender="digest", identity=who)
    assert ask(lambda tx: identities.of(tx, made.id)) == who
    assert ask(lambda tx: identities.sender(tx, made.id)) == "digest"
    row = str(ask(lambda tx: tx.all("select * from identity, submission")))
    assert not any(secret in row for secret in ("o1'", "张三", "13812345678", "东大街", "13900000000"))


def test_a_name_given_later_is_sealed(db, ask, add):
    made = add()
    db.write(lambda tx: identities.give_name(tx, made.id, name="李四", phone="13900001111"))
    assert ask(lambda tx: identities.of(tx, made.id)).name == "李四"
    assert ask(lambda tx: submission.get(tx, made.number)).named
    assert "李四" not in str(ask(lambda tx: tx.all("select * from identity")))


def test_numbers_masked_later_join_those_masked_before(db, ask, add):
    made = add(identity=Identity(mentioned="13900000000"))
    db.write(lambda tx: identities.mention(tx, made.id, []))
    db.write(lambda tx: identities.mention(tx, made.id, ["13700000000", "13600000000"]))
    assert ask(lambda tx: identities.of(tx, made.id)).mentioned.split() == ["13900000000", "13700000000", "13600000000"]
    assert "137" not in str(ask(lambda tx: tx.all("select mentioned from identity")))


def test_what_staff_entered_has_no_sender_and_a_stranger_no_identity(ask, add):
    made = add(identity=Identity(name="张三"))
    assert ask(lambda tx: identities.sender(tx, made.id)) is None
    assert ask(lambda tx: identities.of(tx, "none")) == Identity()


def test_an_identity_shows_nothing_where_it_is_printed():
    assert repr(Identity(openid="o1", name="张三", phone="13812345678")) == "Identity()"
