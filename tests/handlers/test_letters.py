"""Letters on officials' conduct go past everything that the rest of the office sees."""

import re

import pytest

from handlers import letters
from handlers.errors import Refused
from storage import audit
from storage.engine import boxes
from storage.people.staff import Role

TEXT = "你们所里的赵科长收了老王熟食店的烟酒，检查前通风报信"
OPENID = "oLetterWriter00000000000001"
PASSPHRASE = "柳树下的三块石头7"


@pytest.fixture
def keep(service):
    return lambda text=TEXT: service.db.write(lambda tx: letters.keep(tx, service.office, OPENID, text))


@pytest.fixture
def pair(service):
    """Make a pair for somebody, with or without the secret of the one before; returns what opens letters."""

    def make(staff, opener=None):
        made = boxes.make_pair(PASSPHRASE)
        service.db.write(lambda tx: letters.set_key(tx, service.office, staff, made, opener))
        return made.unlock(PASSPHRASE)

    return make


@pytest.fixture
def read(service):
    def opened(reference, staff, opener):
        return service.db.write(lambda tx: letters.open_letter(tx, reference, staff, opener))

    return opened


@pytest.fixture(scope="module")
def nobodys():
    """What opens nothing here."""
    return boxes.make_pair(PASSPHRASE).unlock(PASSPHRASE)


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


def test_the_liaison_reads_it_and_the_record_holds_the_reference_alone(keep, read, pair, hire, ask):
    liaison, reference = hire("jijian", Role.LIAISON), keep()
    assert read(reference, liaison, pair(liaison)).text == TEXT
    (row,) = [row for row in ask(lambda tx: list(audit.rows(tx))) if row.action == "letter_open"]
    assert (row.actor, row.subject, row.detail) == ("jijian", reference, "")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LIAISON}))
def test_to_everybody_else_there_is_no_letter(keep, read, refer, nobodys, hire, ask, role):
    other, reference = hire("li", role), keep()
    assert ask(lambda tx: letters.shelf(tx, other)) == []
    refusals = []
    for asked in (reference, "JJ20261123-ZZZZ"):
        with pytest.raises(Refused) as refused:
            read(asked, other, nobodys)
        refusals.append((refused.value.code, refused.value.text.replace(asked, "")))
    assert refusals[0] == refusals[1]
    with pytest.raises(Refused):
        refer(reference, other)
    assert ask(lambda tx: [row for row in audit.rows(tx) if row.action.startswith("letter")]) == []


def test_it_is_referred_once_with_day_and_note(keep, refer, read, pair, hire, ask):
    liaison, reference = hire("jijian", Role.LIAISON), keep()
    opener = pair(liaison)
    refer(reference, liaison)
    (letter,) = ask(lambda tx: letters.shelf(tx, liaison))
    assert (letter.state, str(letter.referred_on)) == ("referred", "2026-11-23")
    assert read(reference, liaison, opener).note == "县纪委监委已收"
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


def test_without_a_pair_nothing_opens(keep, read, nobodys, hire):
    liaison, reference = hire("jijian", Role.LIAISON), keep()
    with pytest.raises(Refused) as refused:
        read(reference, liaison, nobodys)
    assert refused.value.code == "no_letter_key"


def test_an_administrator_with_the_role_reads_no_letter(keep, read, pair, hire, ask):
    before, liaison = keep(), hire("jijian", Role.LIAISON)
    opener = pair(liaison)
    admin = hire("guanli", Role.ADMIN, Role.SECURITY, Role.LIAISON)
    own = pair(admin)
    for reference in (before, keep()):
        assert read(reference, admin, own).text == ""
        assert read(reference, liaison, opener).text == TEXT
    assert pair(admin, own)
    assert read(keep(), liaison, opener).text == TEXT


def test_no_other_may_send_new_letters_on_to_somebody(service, keep, read, pair, hire):
    liaison, admin, friend = (hire(name, Role.LIAISON) for name in ("jijian", "guanli", "you"))
    opener, own, friends = pair(liaison), pair(admin), pair(friend)
    hand_over(service, admin, own, "3")
    reference = keep()
    assert read(reference, friend, friends).text == ""
    assert read(reference, liaison, opener).text == TEXT


def hand_over(service, staff, opener, number):
    service.db.write(lambda tx: letters.hand_over(tx, staff, opener, number))


def test_the_old_one_hands_over_and_opens_nothing_more(service, keep, read, pair, hire, audited):
    liaison, heir, before = hire("jijian", Role.LIAISON), hire("xinren", Role.LIAISON), keep()
    opener, heirs = pair(liaison), pair(heir)
    assert read(before, heir, heirs).text == ""
    hand_over(service, liaison, opener, "2")
    for reference in (before, keep()):
        assert read(reference, heir, heirs).text == TEXT
    with pytest.raises(Refused):
        read(before, liaison, opener)
    assert audited()[-1] == "letter_open"
    assert "letter_hand_over" in audited()


@pytest.mark.parametrize("number", ["1", "2", "9", "", "x"])
def test_letters_are_handed_over_to_a_liaison_alone(service, pair, hire, number):
    liaison, other = hire("jijian", Role.LIAISON), hire("guanli", Role.LIAISON)
    opener = pair(liaison)
    pair(other)
    service.db.write(lambda tx: tx.run("update staff set roles = '[]' where name = 'guanli'"))
    with pytest.raises(Refused):
        hand_over(service, liaison, opener, number)


def test_a_new_passphrase_keeps_the_letters_if_the_old_one_is_known(keep, read, pair, hire):
    liaison, reference = hire("jijian", Role.LIAISON), keep()
    opener = pair(liaison)
    again = pair(liaison, opener)
    assert read(reference, liaison, again).text == TEXT


def test_a_lost_passphrase_loses_the_letters_and_not_those_to_come(keep, read, pair, hire):
    liaison, reference = hire("jijian", Role.LIAISON), keep()
    pair(liaison)
    again = pair(liaison)
    assert read(reference, liaison, again).text == ""
    assert read(keep(), liaison, again).text == TEXT


def test_while_nobody_holds_the_role_letters_wait_for_who_does(service, keep, read, pair, hire):
    liaison = hire("jijian", Role.LIAISON)
    opener = pair(liaison)
    service.db.write(lambda tx: tx.run("update staff set disabled = 1"))
    reference = keep()
    service.db.write(lambda tx: tx.run("update staff set disabled = 0"))
    assert read(reference, liaison, opener).text == TEXT


def test_only_the_liaison_makes_a_pair(service, pair, hire, ask):
    with pytest.raises(Refused):
        pair(hire("guanli", *set(Role) - {Role.LIAISON}))
    assert ask(letters.letter_key.kept) == []
