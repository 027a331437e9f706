"""Alarms: raised once, answered for once, and by whom. How they go round is in journeys/test_duty.py."""

import pytest

from handlers.errors import Refused
from handlers.notices import alarms, roster
from storage.engine.database import Tx
from storage.notices import alarm
from storage.people.staff import Role
from tests.verbs import Phone


@pytest.fixture
def ring(service, tip):
    """A submission with an alarm; its number."""

    def make(reason="有人正在发病"):
        stored = tip()
        service.db.write(lambda tx: alarms.raise_alarm(tx, service.office, stored, reason))
        return stored.number

    return make


@pytest.fixture
def phones(webhook_client, clock):
    """So many people."""
    return lambda count: [Phone(webhook_client, f"oReporter{n:019}", clock) for n in range(count)]


@pytest.fixture
def answer(service):
    return lambda number, staff: service.db.write(lambda tx: alarms.acknowledge(tx, service.office, number, staff))


def test_raising_it_again_changes_nothing(service, tip, ask, audited):
    stored = tip()
    for reason in ("有人正在发病", "又有人发病"):
        service.db.write(lambda tx, reason=reason: alarms.raise_alarm(tx, service.office, stored, reason))
    assert ask(lambda tx: alarm.of(tx, stored.number)).reasons == ("有人正在发病",)
    assert audited().count("alarm_raise") == 1


def test_numbers_in_a_reason_are_masked_and_reasons_of_the_submission_follow(service, phone, stored, ask):
    phone.say("举报 店名：一小食堂 地址：西大街 问题：用病死猪肉")
    (found,) = stored()
    service.db.write(lambda tx: alarms.raise_alarm(tx, service.office, found, "请打13812345678"))
    reasons = ask(lambda tx: alarm.of(tx, found.number)).reasons
    assert reasons == ("请打〔电话〕", *found.reasons)
    assert found.reasons


def test_looking_whom_to_call_costs_the_same_however_many_wait(service, phones, monkeypatch):

    def looks():
        asked = []
        with monkeypatch.context() as patch:
            for name in ("all", "run"):
                verb = getattr(Tx, name)
                patch.setattr(Tx, name, lambda tx, sql, verb=verb, **given: asked.append(sql) or verb(tx, sql, **given))
            service.db.write(lambda tx: alarms.call_due(tx, service.office))
        return len(asked)

    idle = looks()
    for n, phone in enumerate(phones(8)):
        phone.say(f"举报 店名：张记面馆 地址：东大街{n}号 问题：好多人正在上吐下泻")
    looks()
    assert looks() == idle <= 5


def test_what_is_rolled_back_rings_nobody(service, tip, ask):
    stored = tip()

    def fails(tx):
        alarms.raise_alarm(tx, service.office, stored)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        service.db.write(fails)
    assert ask(alarm.opened) == []


def test_clerks_and_leaders_may_answer_and_others_only_when_called(ring, answer, hire, service, ask):
    leader, officer, editor = hire("zhang", Role.LEADER), hire("li", Role.OFFICER), hire("bianji", Role.EDITOR)
    number = ring()
    for staff in (officer, editor):
        assert ask(lambda tx, staff=staff: alarms.ringing(tx, staff)) == []
        with pytest.raises(Refused) as refused:
            answer(number, staff)
        assert refused.value.code == "not_found"
    assert [one.alarm.number for one in ask(lambda tx: alarms.ringing(tx, leader))] == [number]
    day = str(service.office.duty_day(service.db.clock()))
    service.db.write(lambda tx: roster.set_order(tx, service.office, day, ["li"], staff=leader))
    service.db.write(lambda tx: alarms.call_due(tx, service.office))
    assert [one.alarm.number for one in ask(lambda tx: alarms.ringing(tx, officer))] == [number]
    answer(number, officer)
    assert ask(lambda tx: alarms.ringing(tx, leader)) == []


def test_the_second_answer_is_told_who_was_first(ring, answer, hire):
    number = ring()
    answer(number, hire("wang", Role.INTAKE))
    with pytest.raises(Refused, match="wang 已执行“确认紧急警报”，现为“已确认”") as refused:
        answer(number, hire("zhang", Role.LEADER))
    assert refused.value.code == "stale"
    with pytest.raises(Refused):
        answer("SA20261123-9999", hire("li", Role.LEADER))


def test_the_reporter_sees_nothing_of_it_in_their_progress(ring, phone, service):
    number = ring()
    service.db.write(lambda tx: alarms.call_due(tx, service.office))
    assert "紧急" not in phone.say(f"进度 {number}")
