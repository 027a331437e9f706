"""Into the national platform: no words pass as its number, and what is copied there names no informant."""

import pytest

from handlers.errors import Refused
from handlers.submissions import registration
from storage import timeline

NUMBER = "1410183002026112600001"


@pytest.mark.parametrize("typed", ["abc 随便写", "已登记", "123"])
def test_words_are_no_number_and_nobody_is_told(tip, act, people, parcels, stored, typed):
    made = tip()
    with pytest.raises(Refused) as refused:
        act(made.number, "register", people["intake"], external_number=typed)
    assert refused.value.code == "invalid_field"
    assert stored()[0].external_number == ""
    assert parcels() == []


def test_a_number_is_kept_as_it_is_written(tip, act, people):
    after = act(tip().number, "register", people["intake"], external_number=" １４１０１８３ 002026112600001 ")
    assert after.external_number == NUMBER


def test_the_number_is_asked_in_one_place(tip, act, people):
    made = tip()
    with pytest.raises(Refused) as refused:
        act(made.number, "transfer", people["intake"], external_number=NUMBER)
    assert refused.value.code == "wrong_stage"
    act(made.number, "register", people["intake"])
    assert act(made.number, "transfer", people["intake"], external_number=NUMBER).external_number == NUMBER


def test_a_number_that_another_case_has_is_noted_and_not_refused(case, act, people, ask):
    first, second = case("report"), case("complaint")
    for made in (first, second):
        act(made.number, "register", people["intake"], external_number=NUMBER)
    bodies = [entry.body for entry in ask(lambda tx: timeline.of(tx, second.id))]
    assert any(f"{first.number} 登记的也是这个编号" in body for body in bodies)
    assert ask(lambda tx: registration.same_number(tx, first, NUMBER)) == [second.number]


def test_what_is_copied_names_no_informant_and_a_complainant_to_whoever_is_in_charge(case, people, service, audited):
    report, complaint = case("report", phone="13812345678"), case("complaint", phone="13900001111")

    def copied(made, staff):
        return service.db.write(lambda tx: registration.transcript(tx, service.office, made, staff))

    assert "13812345678" not in str(copied(report, people["officer"]))
    assert copied(complaint, people["intake"])["投诉人电话"] == "13900001111"
    assert audited().count("contact") == 1


def test_all_that_are_not_registered_are_taken_out_the_oldest_first(case, act, people, service, audited):
    numbers = [case("report").number for _ in range(3)]
    act(numbers[1], "register", people["intake"], external_number=NUMBER)
    rows = service.db.write(lambda tx: registration.export(tx, service.office, people["intake"], "", "csv"))
    assert [row["本局编号"] for row in rows] == [numbers[0], numbers[2]]
    assert "export" in audited()
