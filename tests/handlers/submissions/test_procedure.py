"""The tables of moves: sound in themselves, and never left."""

from types import SimpleNamespace

import pytest

from bot.console.labels import ACTIONS
from content.clock.deadlines import RULES
from content.replies import texts
from handlers import letters, rewards, tasks
from handlers.chat.verbs import VERBS
from handlers.errors import Refused
from handlers.exposure import articles
from handlers.moves import allowed
from handlers.submissions import desk
from handlers.submissions.procedure import MOVES
from handlers.submissions.stages import OPEN_STAGES, STAGES
from storage.people import staff as accounts
from storage.people.staff import Role
from storage.submissions import deadline
from storage.submissions.submission import Kind
from tests.handlers.submissions.cases import (
    PROPOSED_AGAINST,
    clock_of,
)

EVERYBODY = frozenset(Role)
REVIEWS = {"review_uphold", "review_reopen"}
ENDS = ("*",)
PROCEDURES = {
    "submission": desk.PROCEDURE,
    "article": articles.PROCEDURE,
    "reward": rewards.PROCEDURE,
    "letter": letters.PROCEDURE,
    "task": tasks.PROCEDURE,
}


def offered(stage, kind=Kind.REPORT, roles=EVERYBODY, decided_by="somebody", name="li"):
    row = SimpleNamespace(id="1", version=1, stage=stage, kind=kind, decided_by=decided_by)
    return allowed(None, desk.PROCEDURE, row, SimpleNamespace(name=name, roles=frozenset(roles)))


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_the_table_names_only_what_exists(procedure):
    assert len({move.name for move in procedure.moves}) == len(procedure.moves)
    for move in procedure.moves:
        assert move.sources
        assert {*move.sources, move.target or move.sources[0]} <= procedure.states.keys(), move.name
        assert move.roles, move.name
        assert move.kinds <= procedure.kinds.keys(), move.name
        assert move.label
        assert len({field.name for field in move.fields}) == len(move.fields)
        assert move.name in ACTIONS
        assert {move.tells} - {""} <= texts().keys(), move.name
        assert move.tells or not move.notice, move.name


def test_one_name_of_an_action_means_one_thing():
    actions = {(move.name, move.label) for procedure in PROCEDURES.values() for move in procedure.moves}
    assert len({name for name, _ in actions}) == len(actions)


def test_clocks_that_moves_start_and_close_have_rules():
    codes = {rule.code for rule in RULES}
    for move in MOVES:
        assert set(move.starts) <= codes
        assert {*move.closes, *move.cancels} - {"*"} <= codes
        assert {move.tell_by} - {""} <= codes


@pytest.mark.parametrize("kind", Kind)
def test_from_triage_every_end_can_be_reached_and_no_open_stage_is_a_dead_end(kind):
    seen, waiting = set(), ["triage"]
    while waiting:
        stage = waiting.pop()
        if stage in seen:
            continue
        seen.add(stage)
        onward = [move.target for move in offered(stage, kind) if move.target]
        assert onward, stage
        waiting += onward
        waiting += [verb.target for verb in VERBS if verb.target and stage in verb.sources and kind in verb.kinds]
    complaints = {"accepted", "withdrawn", "declined", "settled", "terminated"}
    foreign = complaints if kind is Kind.REPORT else {"verifying", "proposed", "case", "concluded", "not_filed"}
    assert set(STAGES) - seen == foreign


def test_what_closes_a_submission_ends_every_deadline_and_is_told():
    for move in MOVES:
        if move.target and move.target not in OPEN_STAGES:
            assert ENDS in (move.closes, move.cancels), move.name
            assert move.tells


def test_a_move_of_one_kind_is_not_offered_for_the_other():
    report, complaint = ({move.name for move in offered("assigned", kind)} for kind in (Kind.REPORT, Kind.COMPLAINT))
    assert "accept" in complaint - report
    assert "verify" in report - complaint


def test_reopening_is_the_leaders():
    assert "reopen" in {move.name for move in offered("concluded")}
    assert "reopen" not in {move.name for move in offered("concluded", roles=EVERYBODY - {Role.LEADER})}


def test_whoever_decided_may_not_review_it():
    assert {move.name for move in offered("disputed")} >= REVIEWS
    assert not {move.name for move in offered("disputed", decided_by="li")} & REVIEWS


def test_a_dispute_ends_by_review_alone():
    ends = {move.name for move in MOVES if "disputed" in move.sources and move.target}
    assert ends == REVIEWS


def test_reopened_it_has_a_clock_again(case, act, people, clock, ask):
    made = case("report", (*PROPOSED_AGAINST, ("decline_case", {})))
    clock.advance(days=7)
    act(made.number, "reopen", people["leader"], note="新证据")
    assert [one.due_on for one in ask(lambda tx: deadline.of(tx, made.id)) if one.state == "open"] == ["2026-12-21"]


@pytest.mark.parametrize("name", ["chengbann", "bianji", "gone"])
def test_it_is_assigned_to_nobody_who_is_not_there_or_may_not_act(case, act, people, hire, service, name):
    hire("bianji", Role.EDITOR)
    hire("gone", Role.OFFICER)
    service.db.write(lambda tx: accounts.set_disabled(tx, "gone", disabled=True))
    with pytest.raises(Refused, match=f"没有在用的承办人账号“{name}”.*chengban"):
        act(case("report").number, "assign", people["intake"], unit="青屏所", assignee=name)


def test_a_bounced_one_lies_in_triage_again_and_its_clock_goes_on(case, act, people, ask):
    made = case("report", (("assign", {"unit": "青屏所", "assignee": "chengban"}),))
    after = act(made.number, "bounce", people["officer"], note="归城区所")
    assert (after.unit, after.assignee) == ("", "")
    assert clock_of(ask, made)["report.verify"].state == "open"
