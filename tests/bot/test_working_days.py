"""The working days that an office took in: counted by everywhere, and what was estimated is counted again."""

from datetime import UTC, date, datetime

import pytest

from bot import working_days as taken
from handlers.clock import calendar, deadlines
from handlers.clock.calendar import Published
from handlers.submissions import intake
from storage import calendar as days
from storage import timeline
from storage.people.staff import Role
from storage.submissions import deadline
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind

NEW_YEAR = {date(2027, 1, n): (False, "元旦") for n in (1, 2, 3)} | {date(2027, 1, 9): (True, "元旦")}


@pytest.fixture(autouse=True)
def forgotten():
    yield
    calendar.publish(Published())


@pytest.fixture
def take_in(service):
    def put(found):
        for day, (works, name) in found.items():
            service.db.write(lambda tx, day=day, w=works, n=name: days.put(tx, day, works=w, name=n))
        return taken.recompute(service.db)

    return put


@pytest.fixture
def complaint(service, hire, clock):
    clock.now = datetime(2026, 12, 25, 1, 0, tzinfo=UTC)
    account = hire("shouli", Role.INTAKE)
    draft = Draft(Kind.COMPLAINT, "triage", "other", clock.now, description="过期面包")
    return service.db.write(lambda tx: intake.enter(tx, service.office, draft, Identity(), staff=account))


def period(service, made):
    with service.db.read() as tx:
        (one,) = deadline.of(tx, made.id)
        return one


def test_beyond_the_published_years_a_day_is_an_estimate(service, complaint):
    found = period(service, complaint)
    assert (found.due_on, found.provisional) == ("2027-01-06", True)


def test_what_was_estimated_is_counted_again_and_says_what_moved(service, complaint, take_in):
    assert take_in(NEW_YEAR) == 1
    found = period(service, complaint)
    assert (found.due_on, found.provisional) == ("2027-01-06", False)
    take_in({date(2027, 1, 4): (False, "元旦"), date(2027, 1, 10): (True, "元旦")})
    assert deadlines.due(date(2026, 12, 25), 7, "workday").on == date(2027, 1, 7)


def test_a_day_that_moved_stands_in_the_timeline(service, complaint, take_in):
    take_in({date(2027, 1, 4): (False, "元旦"), **NEW_YEAR})
    assert period(service, complaint).due_on == "2027-01-07"
    with service.db.read() as tx:
        last = timeline.of(tx, complaint.id)[-1]
    assert last.title == "期限重新计算"
    assert "2027-01-06" in last.body
    assert "2027-01-07" in last.body


def test_the_same_notice_again_changes_nothing(service, complaint, take_in):
    take_in(NEW_YEAR)
    with service.db.read() as tx:
        before = days.edition(tx)
    assert take_in(NEW_YEAR) == 0
    with service.db.read() as tx:
        assert days.edition(tx) == before


def test_every_process_counts_by_it_within_a_minute(service, take_in, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(taken.time, "monotonic", lambda: now[0])
    look = taken.watch(service.db)
    look()
    day = date(2027, 1, 9)
    service.db.write(lambda tx: days.put(tx, day, works=True, name="元旦"))
    look()
    assert calendar.workday(day) == (False, False)
    now[0] += taken.EVERY
    look()
    assert calendar.workday(day) == (True, True)
    assert calendar.holiday(date(2027, 1, 1)) == (False, True)


def test_a_day_that_an_office_took_in_goes_before_the_librarys(take_in):
    assert calendar.workday(date(2026, 12, 24)) == (True, True)
    take_in({date(2026, 12, 24): (False, "临时放假")})
    assert calendar.workday(date(2026, 12, 24)) == (False, True)
    assert calendar.workday(date(2026, 10, 1)) == (False, True)
