"""The engine of moves: a small procedure over the rows of letters shows that a new one is a table alone."""

from dataclasses import replace

import pytest

from handlers.errors import Refused
from handlers.fields import CHOICE, DAY, LONG, Field
from handlers.moves import FourEyes, Move, Outcome, Procedure, allowed, barred, take
from storage import audit, letter, timeline
from storage.people.staff import Role

REFERENCE = "JJ20261123-AAAA"
CLERKS = frozenset({Role.INTAKE})
TOY = Procedure(
    moves=(
        Move(
            "toy_refer",
            "送出",
            ("kept",),
            "referred",
            CLERKS,
            (
                Field("on", "日期", required=True, kind=DAY, column="referred_on"),
                Field("to", "送往", kind=CHOICE, options={"court": "法院", "police": "公安"}),
                Field("note", "说明", kind=LONG, column="note"),
            ),
            signs="referred_by",
        ),
        Move(
            "toy_return",
            "退回",
            ("referred",),
            "kept",
            CLERKS,
            (Field("on", "日期", required=True, kind=DAY, column="referred_on"),),
            public=True,
            four_eyes=FourEyes(lambda _tx, row: {row.referred_by}, "own_letter", "须由另一人退回。"),
            effect=lambda act: Outcome({"note": "又回来了"}, body="退"),
        ),
    ),
    states={"kept": "在手", "referred": "已送出"},
    change=letter.change,
    number=lambda row: row.reference,
    about=lambda row: row.id,
)


@pytest.fixture
def row(service):
    """The row as it is now."""
    service.db.write(lambda tx: letter.add(tx, reference=REFERENCE, openid="o", text="x", received_on=tx.now.date()))

    def read():
        with service.db.read() as tx:
            return letter.find(tx, REFERENCE)

    return read


@pytest.fixture
def go(service, row):
    """Take a move of the procedure as it was seen last, or at a version."""

    def run(name, staff, version=0, procedure=TOY, **values):
        seen = version or row().version
        return service.db.write(
            lambda tx: take(
                tx,
                service.office,
                procedure,
                letter.find(tx, REFERENCE),
                name,
                staff=staff,
                version=seen,
                values=values,
            )
        )

    return run


@pytest.fixture
def refused(go):
    def run(*given, **values):
        with pytest.raises(Refused) as error:
            go(*given, **values)
        return error.value

    return run


@pytest.fixture
def li(hire):
    return hire("li", Role.INTAKE)


@pytest.fixture
def wang(hire):
    return hire("wang", Role.INTAKE)


def note(tx):
    """The sealed column of the row."""
    (row,) = tx.all("select id, note from letter")
    return tx.vault.open(row["note"], "letter.note", row["id"])


def test_a_move_keeps_its_columns_and_leaves_its_trace(go, row, li, ask):
    after = go("toy_refer", li, on="2026-11-23", to="court", note=" 两页 ")
    assert (after.state, str(after.referred_on), after.referred_by) == ("referred", "2026-11-23", "li")
    assert ask(note) == "两页"
    assert after == row()
    (line,) = ask(lambda tx: timeline.of(tx, after.id))
    assert (line.kind, line.actor, line.title, line.public) == ("move", "li", "送出", False)
    assert line.body == "日期：2026-11-23\n送往：法院\n两页"
    (step,) = ask(lambda tx: audit.newest(tx, subject=REFERENCE))
    assert (step.actor, step.action, step.detail) == ("li", "toy_refer", "kept→referred v2")


def test_an_effect_adds_columns_and_another_body(go, li, wang, ask):
    go("toy_refer", li, on="2026-11-23")
    after = go("toy_return", wang, on="2026-11-24")
    assert (after.state, ask(note)) == ("kept", "又回来了")
    assert ask(lambda tx: timeline.of(tx, after.id))[-1].body == "退"


def test_the_second_of_two_is_told_what_the_first_did(go, refused, row, li, wang):
    go("toy_refer", li, version=1, on="2026-11-23")
    error = refused("toy_refer", wang, version=1, on="2026-11-24")
    assert (error.code, error.extra["version"]) == ("stale", 2)
    assert "li 已执行“送出”，现为“已送出”" in error.text
    assert row().referred_by == "li"


def test_a_row_changed_between_reading_and_writing_is_stale_as_well(refused, li, ask):
    def late(tx, before, **values):
        return letter.change(tx, replace(before, version=9), **values)

    error = refused("toy_refer", li, procedure=replace(TOY, change=late), on="2026-11-23")
    assert error.code == "stale"
    assert ask(lambda tx: audit.newest(tx, subject=REFERENCE)) == []


def test_in_a_timeline_of_others_only_its_own_lines_count(go, refused, service, row, li, wang):
    guest = replace(TOY, about=lambda _row: "case", line=lambda _row, move: f"来信：{move.label}")
    go("toy_refer", li, procedure=guest, on="2026-11-23")
    service.db.write(lambda tx: timeline.add(tx, "case", "move", actor="zhao", title="分派"))
    assert "li 已执行“来信：送出”" in refused("toy_refer", wang, 1, guest, on="2026-11-23").text


def test_without_a_timeline_nothing_but_the_number_is_recorded(go, li, ask):
    go("toy_refer", li, procedure=replace(TOY, about=None), on="2026-11-23")
    assert ask(lambda tx: tx.value("select count(*) from timeline")) == 0
    assert ask(lambda tx: audit.newest(tx, subject=REFERENCE))[0].detail == ""


def test_an_outcome_that_failed_is_kept_and_moves_nothing_on(go, row, li, ask):
    wrong = replace(TOY.moves[0], effect=lambda _act: Outcome({"state": "kept"}, failed="toy_wrong"))
    told = []
    procedure = replace(TOY, moves=(wrong,), follow=lambda *_given: told.append("told"))
    assert go("toy_refer", li, procedure=procedure, on="2026-11-23").state == "kept"
    assert row().version == 2
    assert ask(lambda tx: [step.action for step in audit.newest(tx, subject=REFERENCE)]) == ["toy_wrong"]
    assert ask(lambda tx: timeline.of(tx, row().id)) == []
    assert told == []


def test_whoever_made_it_does_not_undo_it_and_is_told_why(go, refused, service, row, li, wang):
    go("toy_refer", li, on="2026-11-23")
    with service.db.read() as tx:
        assert allowed(tx, TOY, row(), li) == []
        assert barred(tx, TOY, row(), li) == ["须由另一人退回。"]
        assert [move.name for move in allowed(tx, TOY, row(), wang)] == ["toy_return"]
        assert barred(tx, TOY, row(), wang) == []
    assert refused("toy_return", li, on="2026-11-23").code == "own_letter"


@pytest.mark.parametrize(
    ("name", "values", "code", "said"),
    [
        ("toy_fly", {}, "unknown_move", "toy_fly"),
        ("toy_return", {}, "wrong_stage", "当前为“在手”，不能执行“退回”"),
        ("toy_refer", {}, "missing_field", "需要填写：日期"),
        ("toy_refer", {"on": "  "}, "missing_field", "日期"),
    ],
)
def test_a_refusal_says_why_in_words_and_by_a_code_and_leaves_no_trace(refused, row, li, ask, name, values, code, said):
    error = refused(name, li, **values)
    assert error.code == code
    assert said in error.text
    assert row().version == 1
    assert ask(lambda tx: audit.newest(tx, subject=REFERENCE)) == []


def test_another_role_may_not(refused, hire):
    assert refused("toy_refer", hire("bian", Role.EDITOR), on="2026-11-23").code == "forbidden"
