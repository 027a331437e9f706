"""Letters on officials' conduct go past everything that the rest of the office sees."""

import re

import pytest

from handlers import letters
from handlers.errors import Refused
from storage import audit
from storage.people.staff import Role

TEXT = "你们所里的赵科长收了老王熟食店的烟酒，检查前通风报信"
OPENID = "oLetterWriter00000000000001"


@pytest.fixture
def keep(service):
    return lambda text=TEXT: service.db.write(lambda tx: letters.keep(tx, service.office, OPENID, text))


@pytest.fixture
def read(service):
    return lambda reference, staff: service.db.write(lambda tx: letters.open_letter(tx, reference, staff))


@pytest.fixture
def refer(service):
    def make(reference, staff, on="2026-11-23", note="县纪委监委已收", version=1):
        name, values = "letter_refer", {"on": on, "note": note}
        service.db.write(
            lambda tx: letters.move(tx, service.office, reference, name, staff=staff, version=version, values=values)
        )

    return make


def test_references_name_the_day_and_cannot_be_counted_up(keep):
    made = [keep() for _ in range(30)]
    assert all(re.fullmatch("JJ20261123-[A-Z2-9]{4}", one) for one in made)
    assert len(set(made)) == 30
    assert made != sorted(made)


def test_a_reference_that_is_taken_is_drawn_again(keep, monkeypatch):
    drawn = iter(["AAAA", "AAAA", "BBBB"])
    monkeypatch.setattr(letters, "make_code", lambda _length: next(drawn))
    assert [keep()[-4:], keep()[-4:]] == ["AAAA", "BBBB"]


def test_the_day_is_that_of_the_site(keep, clock):
    clock.advance(hours=16)
    assert keep().startswith("JJ20261124-")


def test_keeping_leaves_no_trace_outside_its_box(keep, ask, stored, parcels):
    before = ask(audit.length)
    reference = keep()
    assert ask(audit.length) == before
    assert stored() == []
    for table in ("timeline", "outbox", "deadline", "identity", "alarm"):
        assert ask(lambda tx, table=table: tx.value(f"select count(*) from {table}")) == 0
    assert ask(lambda tx: tx.value("select count(*) from letter where reference = :r", r=reference)) == 1


def test_the_answer_names_reference_channel_and_law(phone):
    said = phone.say("你们所长收商家的红包，包庇他们") or ""
    for part in ("JJ20261123-", "12388", "第四十四条", "纪检监察机关", "不进入"):
        assert part in said


def test_the_liaison_reads_it_and_the_record_holds_the_reference_alone(keep, read, hire, ask):
    liaison, reference = hire("jijian", Role.LIAISON), keep()
    letter, text = read(reference, liaison)
    assert (letter.reference, text) == (reference, TEXT)
    (row,) = [row for row in ask(lambda tx: list(audit.rows(tx))) if row.action == "letter_open"]
    assert (row.actor, row.subject, row.detail) == ("jijian", reference, "")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LIAISON}))
def test_to_everybody_else_there_is_no_letter(keep, read, refer, hire, ask, role):
    other, reference = hire("li", role), keep()
    assert ask(lambda tx: letters.shelf(tx, other)) == []
    refusals = []
    for asked in (reference, "JJ20261123-ZZZZ"):
        with pytest.raises(Refused) as refused:
            read(asked, other)
        refusals.append((refused.value.code, refused.value.text.replace(asked, "")))
    assert refusals[0] == refusals[1]
    with pytest.raises(Refused):
        refer(reference, other)
    assert ask(lambda tx: [row for row in audit.rows(tx) if row.action.startswith("letter")]) == []


def test_it_is_referred_once_with_day_and_note(keep, refer, hire, ask):
    liaison, reference = hire("jijian", Role.LIAISON), keep()
    refer(reference, liaison)
    (letter,) = ask(lambda tx: letters.shelf(tx, liaison))
    assert (letter.state, str(letter.referred_on), letter.note) == ("referred", "2026-11-23", "县纪委监委已收")
    for version, code in ((1, "stale"), (2, "wrong_stage")):
        with pytest.raises(Refused) as refused:
            refer(reference, liaison, version=version)
        assert refused.value.code == code
    assert ask(lambda tx: tx.value("select count(*) from timeline")) == 0
    rows = ask(lambda tx: [row for row in audit.rows(tx) if row.action == "letter_refer"])
    assert [(row.subject, row.detail) for row in rows] == [(reference, "")]


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("", "missing_field"),
        ("soon", "invalid_field"),
        ("2026-11-22", "invalid_field"),
        ("2026-11-24", "invalid_field"),
    ],
)
def test_the_day_of_referral_lies_between_receipt_and_today(keep, refer, hire, on, code):
    liaison, reference = hire("jijian", Role.LIAISON), keep()
    with pytest.raises(Refused) as refused:
        refer(reference, liaison, on=on)
    assert refused.value.code == code


def test_a_note_has_its_length(keep, refer, hire):
    liaison, reference = hire("jijian", Role.LIAISON), keep()
    with pytest.raises(Refused) as refused:
        refer(reference, liaison, note="长" * (letters.NOTE_LIMIT + 1))
    assert refused.value.code == "too_long"
