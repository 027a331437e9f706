"""The table of moves: sound in itself, and never left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.clock.deadlines import RULES
from handlers.chat.verbs import VERBS
from handlers.errors import Refused
from handlers.exposure import articles
from handlers.moves import allowed, check
from handlers.submissions.procedure import MOVES, OPEN_STAGES, STAGES
from storage.people.staff import Role
from storage.submissions.submission import Kind

EVERYBODY = frozenset(Role)
REVIEWS = {"review_uphold", "review_reopen"}
TABLES = [(MOVES, STAGES), (articles.MOVES, articles.STATES)]


def named(name):
    return next(move for move in MOVES if move.name == name)


def take(name, stage, *, roles=EVERYBODY, kind=None, **values):
    label = STAGES[stage].label
    return check(MOVES, name, stage=stage, stage_label=label, roles=roles, values=values, kind=kind)


@pytest.mark.parametrize(("moves", "stages"), TABLES, ids=["submission", "article"])
def test_the_table_names_only_what_exists(moves, stages):
    assert len({move.name for move in moves}) == len(moves)
    for move in moves:
        assert move.sources
        assert set(move.sources) <= set(stages), move.name
        assert move.target in {"", *stages}, move.name
        assert move.roles, move.name
        assert move.roles <= EVERYBODY
        assert move.label
        assert len({field.name for field in move.fields}) == len(move.fields)


def test_clocks_that_moves_start_and_close_have_rules():
    codes = {rule.code for rule in RULES}
    for move in MOVES:
        assert set(move.starts) <= codes
        assert set(move.closes) - {"*"} <= codes


@pytest.mark.parametrize("kind", Kind)
def test_from_triage_every_end_can_be_reached_and_no_open_stage_is_a_dead_end(kind):
    seen, waiting = set(), ["triage"]
    while waiting:
        stage = waiting.pop()
        if stage in seen:
            continue
        seen.add(stage)
        onward = [move.target for move in allowed(MOVES, stage, EVERYBODY, kind) if move.target]
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


@given(st.sampled_from(list(Kind)), st.lists(st.tuples(st.integers(0, 99), st.sets(st.sampled_from(list(Role))))))
def test_no_walk_leaves_the_table(kind, walk):
    stage = "triage"
    for pick, roles in walk:
        buttons = allowed(MOVES, stage, frozenset(roles), kind)
        if not buttons:
            continue
        move = buttons[pick % len(buttons)]
        values = {field.name: "x" for field in move.fields}
        assert take(move.name, stage, roles=frozenset(roles), kind=kind, **values) == move
        stage = move.target or stage
        assert stage in STAGES


@given(st.sampled_from(MOVES), st.sampled_from(list(STAGES)), st.sets(st.sampled_from(list(Role))))
def test_a_button_is_shown_exactly_when_the_move_may_be_taken(move, stage, roles):
    shown = move in allowed(MOVES, stage, frozenset(roles), Kind.REPORT)
    try:
        take(move.name, stage, roles=frozenset(roles), kind=Kind.REPORT, **{field.name: "x" for field in move.fields})
    except Refused:
        assert not shown
    else:
        assert shown


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ({"name": "fly", "stage": "triage"}, "unknown_move", "fly"),
        ({"name": "accept", "stage": "triage", "kind": Kind.REPORT}, "wrong_kind", "举报"),
        ({"name": "verify", "stage": "assigned", "kind": Kind.COMPLAINT}, "wrong_kind", "投诉"),
        ({"name": "register", "stage": "triage", "roles": frozenset({Role.EDITOR})}, "forbidden", "登记"),
        ({"name": "register", "stage": "concluded"}, "wrong_stage", "已办结"),
        ({"name": "assign", "stage": "triage"}, "missing_field", "承办单位"),
        ({"name": "assign", "stage": "triage", "unit": "  "}, "missing_field", "承办单位"),
    ],
)
def test_a_refusal_says_why_in_words_and_by_a_code(given, code, said):
    with pytest.raises(Refused, match=said) as refused:
        take(given.pop("name"), given.pop("stage"), **given)
    assert refused.value.code == code


def test_reopening_is_the_leaders():
    assert named("reopen").roles == {Role.LEADER}


def test_whoever_decided_may_not_review_it():
    assert {move.name for move in allowed(MOVES, "disputed", EVERYBODY)} >= REVIEWS
    assert not {move.name for move in allowed(MOVES, "disputed", EVERYBODY, decided=True)} & REVIEWS
    for name in REVIEWS:
        with pytest.raises(Refused, match="另一名工作人员") as refused:
            check(
                MOVES,
                name,
                stage="disputed",
                stage_label="异议复核",
                roles=EVERYBODY,
                values={"note": "x"},
                decided=True,
            )
        assert refused.value.code == "own_decision"


def test_a_dispute_ends_by_review_alone():
    ends = {move.name for move in MOVES if "disputed" in move.sources and move.target}
    assert ends == REVIEWS
