"""Letters are sealed as a whole, listed without their text, and change once."""

from datetime import date

import pytest

from storage import letter
from storage.errors import Conflict
from tests.engines import everything_in

TEXT = "所里的赵科长收了老王的烟酒，检查前先打电话通风报信。"
OPENID = "oLetterWriter00000000000001"
REFERENCE = "JJ20261123-K7QM"


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


def test_it_is_found_listed_and_opened(kept, ask):
    assert ask(letter.every) == [kept()]
    assert kept().state == "kept"
    assert ask(lambda tx: letter.text_of(tx, kept())) == TEXT
    assert TEXT not in repr(kept())
    assert OPENID not in repr(kept())
    assert ask(lambda tx: letter.find(tx, "JJ20261123-AAAA")) is None


def test_it_is_referred_once(db, kept):
    before = kept()
    db.write(lambda tx: refer(tx, before, date(2026, 11, 23), "县纪委已收"))
    found = kept()
    assert (found.state, found.referred_on, found.referred_by, found.note) == (
        "referred",
        date(2026, 11, 23),
        "jijian",
        "县纪委已收",
    )
    with pytest.raises(Conflict):
        db.write(lambda tx: refer(tx, before, date(2026, 11, 24), ""))
