"""The roster as staff keep it: coming days only, known people only, and leaders where it is empty."""

from datetime import date, timedelta

import pytest

from handlers.errors import Refused
from handlers.notices import roster
from handlers.submissions.procedure import MOVES
from storage import audit
from storage.people import contact
from storage.people.staff import Role

TODAY = date(2026, 11, 23)


@pytest.fixture
def staff(hire):
    return {
        name: hire(name, role)
        for name, role in (
            ("wang", Role.INTAKE),
            ("li", Role.OFFICER),
            ("bianji", Role.EDITOR),
            ("zhang", Role.LEADER),
        )
    }


@pytest.fixture
def put(service, staff):
    def set_order(*names, day=TODAY):
        return service.db.write(
            lambda tx: roster.set_order(tx, service.office, str(day), names, staff=staff["zhang"]),
        )

    return set_order


def test_the_order_of_call_is_the_day_then_the_leaders_each_once(put, service, ask):
    assert ask(lambda tx: roster.order_of_call(tx, service.office)) == ("zhang",)
    put("li", "", "wang", "li")
    assert ask(lambda tx: roster.order_of_call(tx, service.office)) == ("li", "wang", "zhang")
    put("zhang", "li")
    assert ask(lambda tx: roster.order_of_call(tx, service.office)) == ("zhang", "li")


def test_whoever_is_called_for_fewer_alarms_comes_first_and_leaders_stay_the_last_resort(put, service, ask):
    put("wang", "li")
    for busy, order in (({"wang": 1}, ("li", "wang", "zhang")), ({"wang": 2, "li": 2}, ("wang", "li", "zhang"))):
        assert ask(lambda tx, busy=busy: roster.order_of_call(tx, service.office, busy)) == order


def test_a_duty_day_begins_at_its_hour_and_goes_on_after_midnight(put, service, ask, clock):
    put("wang")
    put("li", day=TODAY + timedelta(days=1))
    for hours, first in ((0, "wang"), (15, "wang"), (8.4, "wang"), (0.2, "li")):
        clock.advance(hours=hours)
        assert ask(lambda tx: roster.order_of_call(tx, service.office))[0] == first


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-11-22", "2026-12-07", "2026-02-30"])
def test_only_days_of_the_coming_two_weeks_are_set(put, day):
    with pytest.raises(Refused) as refused:
        put("wang", day=day)
    assert refused.value.code == "invalid_field"


@pytest.mark.parametrize("name", ["nobody", "bianji"])
def test_only_those_who_act_on_submissions_are_put_on_it(put, name, service, ask):
    with pytest.raises(Refused, match=name):
        put("wang", name)
    assert ask(lambda tx: roster.gaps(tx, service.office)) == [TODAY, TODAY + timedelta(days=1)]


def test_an_empty_day_is_a_gap_today_and_a_day_ahead(put, service, ask):
    put("wang")
    assert ask(lambda tx: roster.gaps(tx, service.office)) == [TODAY + timedelta(days=1)]
    put()
    assert ask(lambda tx: roster.gaps(tx, service.office))[0] == TODAY


def test_copying_fills_empty_days_a_week_later_and_no_others(put, service, staff, ask, clock):
    put("wang")
    put("li", day=TODAY + timedelta(days=1))
    clock.advance(days=7)
    week = TODAY + timedelta(days=7)
    put("zhang", day=week + timedelta(days=1))
    filled = service.db.write(lambda tx: roster.copy_week(tx, service.office, staff=staff["wang"]))
    assert filled == [week, week + timedelta(days=7), week + timedelta(days=8)]
    days = ask(lambda tx: roster.coming(tx, service.office))
    assert (days[week], days[week + timedelta(days=1)], days[week + timedelta(days=8)]) == (
        ("wang",),
        ("zhang",),
        ("zhang",),
    )
    assert service.db.write(lambda tx: roster.copy_week(tx, service.office, staff=staff["wang"])) == []


def test_a_phone_is_a_number_of_somebody_on_the_staff_and_stays_out_of_the_audit_chain(service, staff, ask):
    def keep(name, phone):
        service.db.write(lambda tx: roster.set_phone(tx, name, phone, staff=staff["zhang"]))

    keep("wang", " １３７-0000 1111 ")
    assert ask(contact.phones) == {"wang": "137-0000 1111"}
    for name, phone in (("wang", "喂"), ("wang", "12"), ("nobody", "13700001111"), ("bianji", "13700001111")):
        with pytest.raises(Refused):
            keep(name, phone)
    keep("wang", "")
    assert ask(contact.phones) == {}
    assert "0000" not in str([row.detail for row in ask(lambda tx: list(audit.rows(tx)))])


def test_whoever_may_stand_on_it_can_act_on_a_submission():
    assert frozenset[Role]().union(*(move.roles for move in MOVES)) == roster.CALLABLE
