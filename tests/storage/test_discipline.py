"""Letters are sealed as a whole, listed without their text, and change once."""

from datetime import date

import pytest

from storage import discipline
from storage.errors import Conflict

TEXT = "所里的赵科长收了老王的烟酒，检查前先打电话通风报信。"
OPENID = "oLetterWriter00000000000001"
REFERENCE = "JJ20261123-K7QM"


@pytest.fixture
def letter(db, ask):
    def read():
        return ask(lambda tx: discipline.find(tx, REFERENCE))

    db.write(
        lambda tx: discipline.add(tx, reference=REFERENCE, openid=OPENID, text=TEXT, received_at=tx.now),
    )
    return read


def test_text_note_and_sender_stand_nowhere_in_plain(db, letter):
    db.write(lambda tx: discipline.refer(tx, letter(), on=date(2026, 11, 23), by="jijian", note="县纪委已收"))
    db.close()
    stored = b"".join(path.read_bytes() for path in db.path.parent.glob(db.path.name + "*"))
    assert REFERENCE.encode() in stored
    for secret in (TEXT, TEXT[:6], OPENID, "县纪委已收"):
        assert secret.encode() not in stored


def test_it_is_found_listed_and_opened(letter, ask):
    assert ask(discipline.every) == [letter()]
    assert letter().state == "kept"
    assert ask(lambda tx: discipline.text_of(tx, letter())) == TEXT
    assert TEXT not in repr(letter())
    assert OPENID not in repr(letter())
    assert ask(lambda tx: discipline.find(tx, "JJ20261123-AAAA")) is None


def test_it_is_referred_once(db, letter):
    before = letter()
    db.write(lambda tx: discipline.refer(tx, before, on=date(2026, 11, 23), by="jijian", note="县纪委已收"))
    found = letter()
    assert (found.state, found.referred_on, found.referred_by, found.note) == (
        "referred",
        date(2026, 11, 23),
        "jijian",
        "县纪委已收",
    )
    with pytest.raises(Conflict):
        db.write(lambda tx: discipline.refer(tx, before, on=date(2026, 11, 24), by="jijian", note=""))
