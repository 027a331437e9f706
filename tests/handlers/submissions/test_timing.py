"""Clocks follow the day on which a step was really made; they stand still and get more time as the rules allow."""

from datetime import date

import pytest

from handlers.errors import Refused
from storage import timeline
from storage.submissions import task
from tests.handlers.submissions.cases import (
    clock_of,
)


def test_what_was_done_before_it_is_entered_counts_from_the_day_it_was_done(case, act, people, clock, ask):
    made = case("complaint")
    clock.advance(days=21)
    act(made.number, "accept", people["intake"], on="2026-11-25")
    found = clock_of(ask, made)
    assert (found["complaint.accept"].met_on, found["complaint.mediate"].started_on) == ("2026-11-25", "2026-11-25")
    assert found["complaint.mediate"].due_on == "2027-01-24"  # a Sunday, and no statutory holiday
    entry = next(one for one in ask(lambda tx: timeline.of(tx, made.id)) if one.title == "受理")
    assert "实际办理日期：2026-11-25" in entry.body
    assert entry.at.date() == date(2026, 12, 14)


@pytest.mark.parametrize(("day", "why"), [("2026-11-24", "还没有到"), ("2026-11-22", "早于"), ("x", "须为日期")])
def test_a_day_on_which_it_cannot_have_been_done_is_refused(case, act, people, day, why):
    with pytest.raises(Refused, match=why):
        act(case("complaint").number, "accept", people["intake"], on=day)


def test_no_step_was_done_before_the_one_it_follows(case, act, people, clock):
    made = case("report")
    clock.advance(days=5)
    act(made.number, "verify", people["officer"], on="2026-11-26")
    with pytest.raises(Refused, match="早于“核查中”开始的2026-11-26"):
        act(made.number, "propose", people["officer"], outcome="file", on="2026-11-25")


def test_entering_and_assigning_begin_no_stage_of_the_law(case, act, people, clock):
    made = case("report")
    clock.advance(days=5)
    act(made.number, "register", people["intake"])
    act(made.number, "assign", people["intake"], unit="青屏所")
    assert act(made.number, "verify", people["officer"], on="2026-11-24").stage_on == "2026-11-24"


def test_no_clock_goes_on_before_it_stood_still(case, act, people, clock):
    made = case("report", (("verify", {}),))
    clock.advance(days=5)
    act(made.number, "suspend", people["officer"], reason="送检", on="2026-11-26")
    with pytest.raises(Refused, match="早于中止期限的2026-11-26"):
        act(made.number, "resume", people["officer"], on="2026-11-25")


def test_time_of_testing_is_not_counted(case, act, people, clock, ask):
    made = case("report", (("verify", {}),))  # due on 14 December
    act(made.number, "suspend", people["officer"], reason="送检")
    assert clock_of(ask, made)["report.verify"].state == "suspended"
    clock.advance(days=7)
    act(made.number, "resume", people["officer"])
    found = clock_of(ask, made)["report.verify"]
    assert (found.state, found.due_on) == ("open", "2026-12-21")


def test_an_extension_adds_working_days_and_leaves_its_trace(case, act, people, ask):
    made = case("report", (("verify", {}),))
    act(made.number, "extend", people["leader"], days="10", note="案情复杂")
    assert clock_of(ask, made)["report.verify"].due_on == "2026-12-28"
    body = ask(lambda tx: timeline.of(tx, made.id))[-1].body
    assert "延长10个工作日，到2026-12-28" in body
    assert "第十八条" in body
    assert "案情复杂" in body


def test_an_extension_after_the_end_is_none(case, act, people, clock):
    made = case("report", (("verify", {}),))
    clock.advance(days=30)
    with pytest.raises(Refused) as refused:
        act(made.number, "extend", people["leader"])
    assert refused.value.code == "too_late"
    act(made.number, "extend", people["leader"], on="2026-12-11")


def test_whoever_verifies_asks_for_more_time_and_the_leader_gives_it(case, act, people, ask):
    made = case("report", (("verify", {}),))
    act(made.number, "ask_to_extend", people["officer"], note="等检测报告")
    waiting = lambda: [one.title for one in ask(lambda tx: task.of(tx, made.id)) if one.state == "open"]  # noqa: E731
    assert "审批延长期限" in waiting()
    act(made.number, "extend", people["leader"])
    assert "审批延长期限" not in waiting()
