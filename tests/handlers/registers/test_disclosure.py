"""What of the registers may be shown, day by day."""

from datetime import date

import pytest

from handlers.registers.disclosure import in_force, is_shown, told
from storage.registers.listing import Listing
from storage.registers.penalty import Penalty

TODAY = date(2026, 11, 23)


def penalty(**changed):
    blank = dict.fromkeys(Penalty.__dataclass_fields__, "")
    given = {"category": "罚款", "decided_on": "2026-03-02", "disclosed_until": "2029-03-02", "restored": False}
    return Penalty(**(blank | given | changed))


def listing(**changed):
    return Listing(**(dict.fromkeys(Listing.__dataclass_fields__, "") | {"decided_on": "2026-05-01"} | changed))


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({}, True),
        ({"disclosed_until": "2026-11-23"}, True),
        ({"disclosed_until": "2026-11-22"}, False),
        ({"disclosed_until": ""}, False),
        ({"disclosed_until": "2099-12-31"}, True),
        ({"decided_on": "2026-11-24"}, False),
        ({"restored": True}, False),
        ({"restored": True, "restored_on": "2026-11-24"}, True),
        ({"restored_on": "2026-11-23"}, False),
        ({"revoked_on": "2026-11-23"}, False),
        ({"revoked_on": "2026-11-24"}, True),
        ({"category": "警告"}, False),
        ({"category": "警告", "fine": "0"}, False),
        ({"category": "警告", "fine": "0.1"}, True),
        ({"category": "警告;罚款"}, True),
        ({"category": "警告、没收违法所得"}, True),
        ({"category": "通报批评"}, True),
        ({"party_kind": "自然人"}, False),
        ({"party_kind": "个体工商户"}, True),
    ],
)
def test_a_penalty_is_shown_while_its_disclosure_lasts(changed, shown):
    assert is_shown(penalty(**changed), TODAY) is shown


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({}, True),
        ({"decided_on": "2026-11-24"}, False),
        ({"decided_on": "2023-11-24"}, True),
        ({"decided_on": "2023-11-23"}, False),
        ({"decided_on": "2020-02-29"}, False),
        ({"decided_on": "2020-01-01", "listed_until": "2027-01-01"}, True),
        ({"listed_until": "2026-11-23"}, False),
        ({"removed_on": "2026-11-24"}, True),
        ({"removed_on": "2026-11-23"}, False),
    ],
)
def test_a_listing_is_shown_while_it_is_in_force(changed, shown):
    assert in_force(listing(**changed), TODAY) is shown


def test_a_leap_day_ends_three_years_later_as_well():
    assert in_force(listing(decided_on="2024-02-29"), date(2027, 2, 28))
    assert not in_force(listing(decided_on="2024-02-29"), date(2027, 3, 1))


def test_texts_are_told_without_personal_numbers_and_not_without_end():
    assert told("罚款\n 5000元", 20) == "罚款 5000元"
    assert "13812345678" not in told("联系电话13812345678", 20)
    assert len(told("长" * 100, 20)) == 20
