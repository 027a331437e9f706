"""What papers say of a case: the day a step was really made, and how a period ended."""

from handlers.papers import facts
from tests.handlers.submissions.cases import ACCEPTED


def test_a_step_that_was_entered_later_has_its_real_day(case, service, clock, act, people):
    made = case("complaint")
    clock.advance(days=4)
    act(made.number, "accept", people["intake"], on="2026-11-24")
    with service.db.read() as tx:
        steps = facts.steps(tx, service.office, made)
    assert (steps["accept"]["on"], steps["accept"]["by"]) == ("2026年11月24日", "shouli")
    assert steps["decline"]["by"] == ""


def test_what_was_met_late_is_told_with_how_late(case, service, clock, act, people):
    made = case("complaint")
    clock.advance(days=14)
    act(made.number, "accept", people["intake"])
    with service.db.read() as tx:
        (first, _) = facts.periods_of(tx, service.office, made, service.office.today(tx.now))
    assert first["sum"] == "7个工作日"
    assert first["outcome"] == "已办，2026-12-07办，逾期3个工作日"


def test_the_ground_that_was_chosen_is_told_with_its_article(case):
    assert "第二十三条" in facts.ground(case("complaint", (*ACCEPTED, ("terminate", {"ground": "23.3"}))))["basis"]
    assert facts.ground(case("complaint")) == {"text": "", "basis": ""}
