"""The clock of the machine is set, an hour or a day, either way: nothing stops, nothing runs twice."""

import datetime as dt
import threading
import time
from datetime import timedelta

import apscheduler.schedulers.base
import pytest

from bot.console.session import IDLE, LONGEST
from bot.worker import ticks as worker
from bot.worker.ticks import Tick, run_tick, start
from handlers.notices import alarms
from handlers.people import binding, signing_in
from handlers.people.signing_in import ADDRESS_LIMIT, LIMIT, Attempt, Device, NewSession
from storage.chat import inbox, platform, standing, window
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from storage.people import contact, staff
from storage.people.staff import Role
from tests.handlers.conftest import ask

__all__ = ["ask"]
HOUR, DAY, YEARS = timedelta(hours=1), timedelta(days=1), timedelta(days=365 * 50)
SOON = timedelta(seconds=20)
SUBJECT = Subject(Topic.REWARD, "r1")
INTERVAL = 0.05


@pytest.fixture
def ran():
    return []


@pytest.fixture
def daily(ran):
    return Tick("daily", 1, lambda _: ran.append(1), rest=DAY)


@pytest.fixture(params=[HOUR, DAY, YEARS], ids=["hour", "day", "years"])
def set_back(request, service, clock, daily):
    """Do something while the clock is ahead; then it is put right, and a worker looks around."""

    def after(do):
        clock.now += request.param
        run_tick(service, daily)
        result = service.db.write(do)
        clock.now -= request.param
        run_tick(service, daily)
        return result

    return after


@pytest.mark.parametrize("leap", [-YEARS, -DAY, -HOUR, HOUR, DAY, YEARS])
def test_the_scheduler_goes_on_at_its_own_pace_when_the_clock_is_set(service, monkeypatch, leap):
    runs, again, ahead = [], threading.Event(), [timedelta()]

    class Moved(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return dt.datetime.now(tz) + ahead[0]

    def run(_service):
        runs.append(time.monotonic())
        again.set()

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Moved)
    monkeypatch.setattr(worker, "ticks_of", lambda _service: (Tick("count", INTERVAL, run),))
    scheduler = start(service, service.db.engine.lead())
    try:
        assert again.wait(10)
        ahead[0] = leap
        before, since = len(runs), time.monotonic()
        for _ in range(3):
            again.clear()
            assert again.wait(10), "no tick runs after the clock was set"
        assert len(runs) - before <= (time.monotonic() - since) / INTERVAL + 3
    finally:
        scheduler.shutdown()


@pytest.mark.parametrize("leap", [HOUR, DAY])
def test_a_daily_tick_neither_stops_nor_runs_twice_when_the_clock_goes_back(service, clock, ran, daily, leap):
    run_tick(service, daily)
    clock.now -= leap
    for _ in range(3):
        run_tick(service, daily)
    assert len(ran) == 1
    clock.now += DAY + SOON
    for _ in range(3):
        run_tick(service, daily)
    assert len(ran) == 2


def test_a_daily_tick_runs_once_when_the_clock_goes_a_day_ahead(service, clock, ran, daily):
    run_tick(service, daily)
    clock.now += DAY
    for _ in range(3):
        run_tick(service, daily)
    assert len(ran) == 2


@pytest.mark.parametrize("leased", [True, False])
def test_what_waits_is_looked_at_within_seconds(service, clock, set_back, leased):
    def put(tx):
        outbox.put(tx, "notice", SUBJECT, openid="o1", payload={"text": "x"})
        if leased:
            outbox.claim(tx, "notice")

    set_back(put)
    clock.now += SOON
    assert service.db.write(lambda tx: outbox.claim(tx, "notice")).interrupted is leased


@pytest.mark.parametrize("leap", [HOUR, DAY])
def test_a_step_ahead_ends_a_lease_once(service, clock, leap):
    def put(tx):
        outbox.put(tx, "notice", SUBJECT, openid="o1", payload={"text": "x"})
        outbox.claim(tx, "notice")

    service.db.write(put)
    clock.now += leap
    claimed = [service.db.write(lambda tx: outbox.claim(tx, "notice")) for _ in range(2)]
    assert [bool(parcel) for parcel in claimed] == [True, False]


def test_an_alarm_calls_the_next_one_in_its_time(service, clock, set_back, tip, ask, hire):
    hire("li", Role.LEADER)
    found = tip()

    def ring(tx):
        alarms.raise_alarm(tx, service.office, found)
        alarms.call_due(tx, service.office)

    set_back(ring)
    clock.now += service.office.alarm_wait
    service.db.write(lambda tx: alarms.call_due(tx, service.office))
    assert ask(lambda tx: tx.value("select count(*) from alarm_call")) == 2


def _wrong(tx, source="", device="strange"):
    attempt = Attempt("li", "x", right=False, device=Device(device, source), session=NewSession("t", "c"))
    signing_in.admit(tx, attempt)


def test_a_locked_account_and_a_limited_address_open_in_their_time(service, clock, set_back, hire, ask):
    hire("li", Role.INTAKE)
    set_back(lambda tx: [_wrong(tx, "192.0.2.1") for _ in range(max(LIMIT, ADDRESS_LIMIT))])
    assert ask(lambda tx: staff.get(tx, "li").locked_until > tx.now)
    assert not ask(lambda tx: signing_in.may_try(tx, "192.0.2.1"))
    clock.now += signing_in.LOCK + SOON
    assert ask(lambda tx: staff.get(tx, "li").locked_until < tx.now)
    assert ask(lambda tx: signing_in.may_try(tx, "192.0.2.1"))


def test_a_session_stays_open_and_ends_in_its_time(clock, set_back, hire, ask):
    hire("li", Role.INTAKE)
    set_back(lambda tx: staff.open_session(tx, "li", "token", "csrf"))

    def is_open():
        return ask(
            lambda tx: staff.session(tx, "token", seen_after=tx.now - IDLE, opened_after=tx.now - LONGEST) is not None
        )

    assert is_open()
    clock.now += IDLE + SOON
    assert not is_open()


def test_a_window_a_code_and_a_token_are_not_believed_for_longer_than_they_last(clock, set_back, hire, ask):
    hire("li", Role.INTAKE)

    def open_(tx):
        window.open_window(tx, "o1", "message", messages=5, closes_at=tx.now + 2 * DAY)
        platform.store(tx, "app", "token", tx.now + 2 * HOUR)
        return binding.offer(tx, "li")

    code = set_back(open_)
    assert ask(lambda tx: window.usable(tx, "o1"))
    assert ask(lambda tx: platform.current(tx, "app")) is None, "a new one is asked for"
    clock.now += binding.LIFE + SOON
    assert ask(lambda tx: contact.take_code(tx, code)) is None
    clock.now += 2 * DAY
    assert ask(lambda tx: window.usable(tx, "o1")) is None


def test_messages_of_a_time_that_did_not_come_are_no_flood(clock, set_back, ask):
    set_back(lambda tx: [inbox.keep(tx, dedupe=str(i), sender="o1", body="<xml/>", answer=b"x") for i in range(5)])
    assert ask(lambda tx: standing.of(tx, "o1")).pace == 0
