"""The tables of moves: sound in themselves, and never left."""

from types import SimpleNamespace

import pytest

from bot.console.labels import ACTIONS
from content.clock.deadlines import RULES
from content.replies import texts
from handlers import letters, rewards, tasks
from handlers.chat.verbs import VERBS
from handlers.exposure import articles
from handlers.moves import allowed
from handlers.submissions import desk
from handlers.submissions.procedure import MOVES, OPEN_STAGES, STAGES
from storage.people.staff import Role
from storage.submissions.submission import OPEN, Kind

EVERYBODY = frozenset(Role)
REVIEWS = {"review_uphold", "review_reopen"}
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


def test_one_name_of_an_action_means_one_move():
    actions = [move.name for procedure in PROCEDURES.values() for move in procedure.moves]
    assert len(set(actions)) == len(actions)


def test_clocks_that_moves_start_and_close_have_rules():
    codes = {rule.code for rule in RULES}
    for move in MOVES:
        assert set(move.starts) <= codes
        assert set(move.closes) - {"*"} <= codes
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
    foreign = {"accepted", "withdrawn"} if kind is Kind.REPORT else {"verifying", "case"}
    assert set(STAGES) - seen == foreign


def test_what_closes_a_submission_meets_every_deadline_and_tells_why():
    for move in MOVES:
        if move.target and move.target not in OPEN_STAGES:
            assert move.closes == ("*",), move.name
            assert move.notice
            assert any(field.required and field.name == "note" for field in move.fields)


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


def test_what_lists_take_for_open_is_open_by_the_table():
    assert OPEN == OPEN_STAGES
