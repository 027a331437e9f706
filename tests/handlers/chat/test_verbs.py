"""The table of the citizen's verbs: sound in itself, offered exactly where it works, and no way to fish."""

from dataclasses import replace
from datetime import timedelta

import pytest

from content.replies import say
from handlers.chat import verbs
from handlers.chat.dialogue import Said
from handlers.chat.verbs import BY_NAME, VERBS
from handlers.errors import Refused
from handlers.submissions import desk
from handlers.submissions.stages import OPEN_STAGES, STAGES
from storage.people.staff import Role
from storage.submissions import submission
from storage.submissions.submission import Kind


@pytest.fixture
def case(tip):
    return tip()


def test_the_table_names_only_what_exists():
    columns = {"confirmed_at", "disputed_at", ""}
    for verb in VERBS:
        assert set(verb.sources) <= set(STAGES), verb.word
        assert verb.target in {"", *STAGES}
        assert verb.stamps in columns
        assert not verb.opens or verb.steps
    assert len({verb.word for verb in VERBS}) == len({verb.name for verb in VERBS}) == len(VERBS)


def test_every_verb_has_a_line_among_what_is_offered():
    for verb in VERBS:
        text = say("offers", names=[verb.name], number=" SA20261123-0001")
        assert text.splitlines()[1].startswith(f"· {verb.word} SA20261123-0001"), verb.word


def test_what_closes_a_case_leaves_no_deadline_open():
    for verb in VERBS:
        if verb.target and verb.target not in OPEN_STAGES:
            assert verb.cancels == ("*",)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_what_is_offered_is_what_works(case, clock, stage, kind, verb):
    here = replace(case, stage=stage, kind=kind)
    offered = verb in verbs.available(here, clock.now)
    assert offered == verbs.fits(verb, here, clock.now)


def test_a_report_is_never_withdrawn(case, clock):
    for stage in STAGES:
        assert not verbs.fits(BY_NAME["retract"], replace(case, stage=stage), clock.now)


def test_an_outcome_is_disputed_once_and_not_after_it_suited(case, clock):
    done = replace(case, stage="concluded")
    dispute = BY_NAME["dispute"]
    assert verbs.fits(dispute, done, clock.now)
    assert not verbs.fits(dispute, replace(done, disputed_at=clock.now), clock.now)
    assert not verbs.fits(dispute, replace(done, confirmed_at=clock.now), clock.now)


def test_a_rating_may_be_changed_for_a_day(case, clock):
    rated = replace(case, stage="concluded", rating=3, rated_at=clock.now)
    assert verbs.fits(BY_NAME["rate"], rated, clock.now + timedelta(hours=23))
    assert not verbs.fits(BY_NAME["rate"], rated, clock.now + timedelta(hours=24))


@pytest.mark.parametrize(
    ("said", "score", "words"),
    [
        ("5", "5", ""),
        ("５分", "5", ""),
        ("4星，态度好", "4", "态度好"),
        ("三分 有点慢", "3", "有点慢"),
        ("1 没人管", "1", "没人管"),
        ("五颗星", "5", ""),
    ],
)
def test_a_score_is_read_in_every_dress(said, score, words):
    assert BY_NAME["rate"].steps[0].read(Said(text=said)) == {"score": score, "words": words}


@pytest.mark.parametrize("said", ["", "很差的一家店", "50元的卤肉是臭的", "0", "6", "一家店卖臭肉", "10", "4.5"])
def test_what_is_no_score_is_not_read_as_one(said):
    assert BY_NAME["rate"].steps[0].read(Said(text=said)) is None


def test_a_name_is_short_and_no_sentence():
    assert BY_NAME["give_name"].steps[0].read(Said(text="李四")) == {"name": "李四"}
    assert BY_NAME["give_name"].steps[0].read(Said(text="我不想说")) is None
    assert BY_NAME["give_name"].steps[0].read(Said(text="13812345678")) is None
    assert BY_NAME["give_name"].steps[0].read(Said(text="我" * 21)) is None


def test_words_that_came_later_raise_the_urgency(phone, tip, stored):
    tip()
    assert stored()[0].urgency == 0
    phone.say("补充 三个孩子上吐下泻住院了")
    (found,) = stored()
    assert found.urgency == 2
    assert found.reasons
    phone.say("补充 谢谢")
    assert stored()[0].urgency == 2


def test_words_do_not_refuse_what_staff_are_typing_but_a_dispute_does(phone, tip, act, hire, stored):
    made = tip()
    phone.say("补充 还有老鼠")
    assert stored()[0].version == made.version
    wang = hire("wang", Role.INTAKE)
    decided = act(made.number, "refer", wang, unit="县公安局", note="不属实")
    phone.say("异议 你们没来查")
    assert stored()[0].version == decided.version + 1


def test_the_audit_tells_what_was_done_and_not_what_was_said(phone, tip, ask):
    made = tip()
    phone.say("补充 我叫张三")
    rows = ask(lambda tx: tx.all("select actor, action, subject, detail from audit"))
    assert rows[-1] == {"actor": "citizen", "action": "add_words", "subject": made.number, "detail": ""}
    assert "张三" not in str(rows)


def test_what_was_new_is_so_no_more_once_staff_have_opened_it(phone, tip, service, hire, stored):
    made, wang = tip(), hire("wang", Role.INTAKE)
    phone.say("补充 还有老鼠")
    assert stored()[0].unread
    seen = service.db.write(lambda tx: desk.open_submission(tx, made.number, wang))
    assert seen.unread
    assert not stored()[0].unread


def test_a_picture_marks_only_what_staff_have_opened(phone, tip, service, hire, stored):
    made, wang = tip(), hire("wang", Role.INTAKE)
    phone.picture("m1")
    assert not stored()[0].unread
    service.db.write(lambda tx: desk.open_submission(tx, made.number, wang))
    phone.picture("m2")
    assert stored()[0].unread


def test_whoever_decided_may_not_review_their_own_decision(phone, tip, act, hire, service, offered):
    wang, li = (hire(name, Role.INTAKE, Role.OFFICER, Role.LEADER) for name in ("wang", "li"))
    made = tip()
    act(made.number, "refer", wang, unit="县公安局", note="不属实")
    phone.say("异议 没有查")
    with service.db.read() as tx:
        found = submission.get(tx, made.number)
    assert {"review_uphold", "review_reopen"} <= set(offered(desk.PROCEDURE, found, li))
    assert not set(offered(desk.PROCEDURE, found, wang)) & {"review_uphold", "review_reopen", "reopen"}
    for name in ("review_uphold", "review_reopen"):
        with pytest.raises(Refused) as refused:
            act(made.number, name, wang, note="x")
        assert refused.value.code == "own_decision"
    assert act(made.number, "review_reopen", li, note="再查").stage == "registered"
