"""Who is penalised again and again, on a day."""

from datetime import date

import pytest

from content.registers import offenders as rules
from handlers.registers.offenders import offenders
from storage.registers import business
from storage.registers import penalty as penalties

DAY = date(2026, 11, 23)


@pytest.fixture
def found(service):
    """Store ten decisions, some of them changed, and ask who is an offender on a day."""

    def ask(*changed, day=DAY, everybody=None, count=10):
        common = {"name": "老王熟食店", "code": "C1", "decided_on": "2025-03-02", "category": "罚款"} | (
            everybody or {}
        )
        rows = [common | {"document": f"{n:02}号"} for n in range(1, count + 1)]
        for row, change in zip(rows, changed, strict=False):
            row.update(change)
        for row in rows:
            service.db.write(lambda tx, row=row: penalties.put(tx, row))
        with service.db.read() as tx:
            return list(offenders(tx, day))

    return ask


def test_ten_decisions_within_three_years_make_one(found):
    (one,) = found(count=11)
    assert (one.name, one.code, one.count) == ("老王熟食店", "C1", 11)
    assert (one.window_from, one.window_to) == ("2023-11-23", "2026-11-23")
    assert one.decisions == tuple(f"{n:02}号" for n in range(1, 12))


def test_nine_do_not(found):
    assert found(count=9) == []


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({"decided_on": "2023-11-23"}, True),
        ({"decided_on": "2023-11-22"}, False),
        ({"decided_on": "2026-11-23"}, True),
        ({"decided_on": "2026-11-24"}, False),
        ({"restored": 1}, False),
        ({"restored": 1, "restored_on": "2026-11-23"}, False),
        ({"restored": 1, "restored_on": "2026-11-24"}, True),
        ({"restored_on": "2026-11-22"}, False),
        ({"revoked_on": "2026-11-23"}, False),
        ({"revoked_on": "2026-11-24"}, True),
        ({"party_kind": "自然人"}, False),
        ({"party_kind": "个体工商户"}, True),
        ({"category": "警告"}, True),
        ({"code": ""}, False),
        ({"code": "C2"}, False),
        ({"name": "老王熟食"}, True),
    ],
)
def test_the_tenth_counts_or_does_not(found, changed, counts):
    assert len(found(changed)) == counts


def test_whether_a_warning_counts_is_the_offices_rule(found, monkeypatch):
    (shipped,) = rules.RULES
    rule = type(shipped)(**{name: getattr(shipped, name) for name in shipped.__struct_fields__} | {"warnings": False})
    monkeypatch.setattr(rules, "RULES", (rule,))
    assert found({"category": "警告"}) == []


def test_a_business_without_a_code_is_known_by_a_name_that_no_two_bear(found, service):
    (one,) = found(everybody={"code": ""})
    assert (one.name, one.code) == ("老王熟食店", "")
    for town in ("甲镇", "乙镇"):
        service.db.write(lambda tx, town=town: business.put(tx, {"name": "老王熟食店", "township": town}, "", ()))
    assert found(everybody={"code": ""}) == []


def test_the_name_is_that_of_the_newest_decision(found):
    (one,) = found({"name": "老王新店", "decided_on": "2026-03-02"})
    assert (one.name, one.decisions[-1]) == ("老王新店", "01号")


def test_any_day_may_be_asked_for(found):
    assert found(day=date.min) == found(day=date.max) == []


def test_the_window_of_a_leap_day_begins_with_the_last_of_february(found):
    (one,) = found(day=date(2028, 2, 29))
    assert one.window_from == "2025-02-28"
