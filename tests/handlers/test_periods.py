"""The periods of a submission: met late stays late, and each follows the rule of the day that starts it."""

from datetime import date

from handlers import periods
from handlers.submissions import intake
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind
from tests.handlers.submissions.cases import ACCEPTED, clock_of


def late(service, one, today=date(2026, 11, 23)):
    return periods.days_late(service.office, one, today)


def test_what_was_met_late_stays_late_and_says_by_how_much(service, case, act, people, clock, ask):
    made = case("complaint")  # due on 2 December
    clock.advance(days=14)
    act(made.number, "accept", people["intake"])
    found = clock_of(ask, made)["complaint.accept"]
    assert (found.state, found.due_on, found.met_on, late(service, found)) == ("met", "2026-12-02", "2026-12-07", 3)


def test_what_is_still_open_is_late_as_of_today(service, case, ask):
    found = clock_of(ask, case("complaint"))["complaint.accept"]
    assert late(service, found, date(2026, 12, 2)) == 0
    assert late(service, found, date(2026, 12, 7)) == 3


def test_a_decision_while_the_clock_stands_still_is_in_time(service, case, act, people, clock, ask):
    made = case("complaint", ACCEPTED)
    act(made.number, "suspend", people["officer"], reason="鉴定")
    clock.advance(days=90)
    act(made.number, "terminate", people["officer"], ground="23.4")
    found = clock_of(ask, made)["complaint.mediate"]
    assert (found.state, late(service, found)) == ("met", 0)


def test_a_rule_is_the_one_of_the_day_that_starts_the_period(service, case, act, people, ask):
    day = service.db.clock().replace(month=4, day=10)
    made = service.db.write(
        lambda tx: intake.enter(
            tx,
            service.office,
            Draft(Kind.COMPLAINT, "triage", "other", day, description="旧件"),
            Identity(),
            staff=people["intake"],
        )
    )
    assert "第20号" in clock_of(ask, made)["complaint.accept"].basis
    act(made.number, "accept", people["intake"])
    assert "第121号" in clock_of(ask, made)["complaint.mediate"].basis
