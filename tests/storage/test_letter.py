"""Letters are sealed as a whole, listed without their text, and change once."""

from dataclasses import replace
from datetime import date

import pytest

from storage import letter, letter_key
from storage.engine import boxes
from storage.errors import Conflict
from storage.letter import Contents
from storage.letter_key import LetterKey
from storage.people import staff
from storage.people.staff import Role
from tests.engines import everything_in

TEXT = "所里的赵科长收了老王的烟酒，检查前先打电话通风报信。"
OPENID = "oLetterWriter00000000000001"
REFERENCE = "JJ20261123-K7QM"
PASSPHRASE = "柳树下的三块石头7"


@pytest.fixture
def kept(db, ask):
    def read():
        return ask(lambda tx: letter.find(tx, REFERENCE))

    db.write(
        lambda tx: letter.add(tx, reference=REFERENCE, openid=OPENID, text=TEXT, received_on=tx.now.date()),
    )
    return read


def refer(tx, before, on, note):
    return letter.change(tx, before, state="referred", referred_on=on, referred_by="jijian", note=note)


def test_text_note_and_sender_stand_nowhere_in_plain(db, kept):
    db.write(lambda tx: refer(tx, kept(), date(2026, 11, 23), "县纪委已收"))
    stored = everything_in(db)
    assert REFERENCE in stored
    for secret in (TEXT, TEXT[:6], OPENID, "县纪委已收"):
        assert secret not in stored


def test_it_is_found_and_listed_without_its_text(kept, ask):
    assert ask(letter.every) == [kept()]
    assert kept().state == "kept"
    assert TEXT not in repr(kept())
    assert OPENID not in repr(kept())
    assert ask(lambda tx: letter.find(tx, "JJ20261123-AAAA")) is None


@pytest.fixture
def key(db):
    """The liaison's pair."""

    def make(tx):
        staff.add(tx, "jijian", password_hash="x", roles=frozenset({Role.LIAISON}))
        return letter_key.add(tx, "jijian", boxes.make_pair(PASSPHRASE), made_on=tx.now.date())

    return db.write(make)


def sealed(ask):
    """How the values of the letter begin."""
    row = ask(lambda tx: tx.one("select openid, text, note from letter"))
    return {value.split(".")[0] for value in row.values() if value}


def test_what_comes_while_there_is_a_pair_opens_with_it_alone(key, kept, db, ask):
    db.write(lambda tx: refer(tx, kept(), date(2026, 11, 23), "县纪委已收"))
    assert sealed(ask) == {"l1"}
    opener = key.pair.unlock(PASSPHRASE)
    assert ask(lambda tx: letter.contents(tx, kept(), key, opener)) == Contents(TEXT, "县纪委已收")
    other = replace(key, number=2)
    assert ask(lambda tx: letter.contents(tx, kept(), other, opener)) == Contents("", "")


def test_what_came_before_is_taken_in_and_handed_over(kept, db, ask):
    db.write(lambda tx: refer(tx, kept(), date(2026, 11, 23), "县纪委已收"))
    assert sealed(ask) == {"s1"}
    pairs = [boxes.make_pair(PASSPHRASE) for _ in range(2)]
    first, second = (LetterKey(number, "jijian", pair, date(2026, 11, 23)) for number, pair in enumerate(pairs, 1))
    assert db.write(lambda tx: letter.take_in(tx, first)) == 1
    assert sealed(ask) == {"l1"}
    opener = first.pair.unlock(PASSPHRASE)
    assert db.write(lambda tx: letter.hand_over(tx, first, opener, second)) == 1
    assert sealed(ask) == {"l2"}
    opener = second.pair.unlock(PASSPHRASE)
    assert ask(lambda tx: letter.contents(tx, kept(), second, opener)) == Contents(TEXT, "县纪委已收")
    assert db.write(lambda tx: letter.take_in(tx, second)) == 0


def test_it_is_referred_once(db, kept):
    before = kept()
    db.write(lambda tx: refer(tx, before, date(2026, 11, 23), "县纪委已收"))
    found = kept()
    assert (found.state, found.referred_on, found.referred_by) == ("referred", date(2026, 11, 23), "jijian")
    with pytest.raises(Conflict):
        db.write(lambda tx: refer(tx, before, date(2026, 11, 24), ""))
