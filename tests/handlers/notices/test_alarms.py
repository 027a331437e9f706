"""Alarms: raised once, answered for once, and by whom. How they go round is in journeys/test_duty.py."""

import pytest

from handlers.errors import Refused
from handlers.notices import alarms, roster
from storage import alarm
from storage.records import Role


@pytest.fixture
def ring(office, tip):
    """A submission with an alarm; its number."""

    def make(reason="有人正在发病"):
        stored = tip()
        office.db.write(lambda tx: alarms.raise_alarm(tx, office.site, stored, reason))
        return stored.number

    return make


@pytest.fixture
def answer(office):
    return lambda number, staff: office.db.write(lambda tx: alarms.acknowledge(tx, office.site, number, staff))


def test_raising_it_again_changes_nothing(office, tip, ask, audited):
    stored = tip()
    for reason in ("有人正在发病", "又有人发病"):
        office.db.write(lambda tx, reason=reason: alarms.raise_alarm(tx, office.site, stored, reason))
    assert ask(lambda tx: alarm.of(tx, stored.number)).reasons == ("有人正在发病",)
    assert audited().count("alarm_raise") == 1


def test_numbers_in_a_reason_are_masked_and_reasons_of_the_submission_follow(office, phone, stored, ask):
    phone.say("举报 店名：一小食堂 地址：西大街 问题：用病死猪肉")
    (found,) = stored()
    office.db.write(lambda tx: alarms.raise_alarm(tx, office.site, found, "请打13812345678"))
    reasons = ask(lambda tx: alarm.of(tx, found.number)).reasons
    assert reasons == ("请打138****5678", *found.reasons)
    assert found.reasons


def test_what_is_rolled_back_rings_nobody(office, tip, ask):
    stored = tip()

    def fails(tx):
        alarms.raise_alarm(tx, office.site, stored)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.db.write(fails)
    assert ask(alarm.opened) == []


def test_clerks_and_leaders_may_answer_and_others_only_when_called(ring, answer, hire, office, ask):
    leader, officer, editor = hire("zhang", Role.LEADER), hire("li", Role.OFFICER), hire("bianji", Role.EDITOR)
    number = ring()
    for staff in (officer, editor):
        assert ask(lambda tx, staff=staff: alarms.ringing(tx, staff)) == []
        with pytest.raises(Refused) as refused:
            answer(number, staff)
        assert refused.value.code == "not_found"
    assert [one.alarm.number for one in ask(lambda tx: alarms.ringing(tx, leader))] == [number]
    day = str(office.site.duty_day(office.db.clock()))
    office.db.write(lambda tx: roster.set_order(tx, office.site, day, ["li"], staff=leader))
    office.db.write(lambda tx: alarms.call_due(tx, office.site))
    assert [one.alarm.number for one in ask(lambda tx: alarms.ringing(tx, officer))] == [number]
    answer(number, officer)
    assert ask(lambda tx: alarms.ringing(tx, leader)) == []


def test_the_second_answer_is_told_who_was_first(ring, answer, hire):
    number = ring()
    answer(number, hire("wang", Role.INTAKE))
    with pytest.raises(Refused, match="已由wang确认") as refused:
        answer(number, hire("zhang", Role.LEADER))
    assert refused.value.code == "stale"
    with pytest.raises(Refused):
        answer("SA20261123-9999", hire("li", Role.LEADER))


def test_the_reporter_sees_nothing_of_it_in_their_progress(ring, phone, office):
    number = ring()
    office.db.write(lambda tx: alarms.call_due(tx, office.site))
    assert "紧急" not in phone.say(f"进度 {number}")
