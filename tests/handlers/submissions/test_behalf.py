"""What staff enter for a caller: with the way it came, once, and heard like the citizen's own words."""

import pytest

from handlers.errors import Refused
from handlers.submissions import intake
from storage import timeline
from storage.notices import alarm
from storage.people.staff import Role
from storage.submissions import deadline, submission, task
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind
from tests.handlers.submissions.cases import CASE


@pytest.fixture
def wang(hire):
    return hire("wang", Role.INTAKE, Role.OFFICER, Role.LEADER)


@pytest.fixture
def concluded(service, act, wang):
    """A report that was telephoned in, with its outcome."""
    draft = Draft(Kind.REPORT, "triage", "other", service.db.clock(), merchant="甲", description="卖过期卤肉")
    person = Identity(name="张三", phone="13812345678")
    made = service.db.write(lambda tx: intake.enter(tx, service.office, draft, person, staff=wang))
    for name, values in CASE:
        act(made.number, name, wang, **values)
    return act(made.number, "conclude", wang, note="罚款5000元")


def test_a_caller_confirms_once_and_the_way_is_on_record(concluded, act, wang, ask):
    act(concluded.number, "confirm_for", wang, way="phone", note="说可以")
    last = ask(lambda tx: timeline.of(tx, concluded.id))[-1]
    assert (last.kind, last.actor, last.body) == ("said", "wang", "提交人怎样告诉我们：电话\n说可以")
    for again in ("confirm_for", "dispute_for"):
        with pytest.raises(Refused) as error:
            act(concluded.number, again, wang, way="phone", note="再说")
        assert error.value.code == "already_said"


def test_a_caller_objects_and_another_person_reviews(concluded, act, wang, hire, ask):
    act(concluded.number, "dispute_for", hire("li", Role.INTAKE), way="in_person", note="罚得太轻")
    assert ask(lambda tx: submission.get(tx, concluded.number)).stage == "disputed"
    assert "dispute" in {one.code for one in ask(lambda tx: deadline.of(tx, concluded.id)) if one.state == "open"}
    with pytest.raises(Refused) as error:
        act(concluded.number, "review_uphold", wang, note="维持")
    assert error.value.code == "own_decision"
    upheld = act(concluded.number, "review_uphold", hire("zhao", Role.OFFICER), note="维持")
    assert (upheld.stage, upheld.outcome) == ("upheld", "concluded")


def test_without_the_way_it_is_refused_and_danger_now_calls(concluded, act, wang, ask):
    with pytest.raises(Refused) as error:
        act(concluded.number, "add_for", wang, note="还在卖")
    assert error.value.code == "missing_field"
    act(concluded.number, "add_for", wang, way="phone", note="现在有二十多个客人正在上吐下泻")
    assert [one.number for one in ask(alarm.opened)] == [concluded.number]


def test_what_is_read_out_tells_no_caller_to_answer_in_wechat(concluded, act, wang, ask):
    act(concluded.number, "answer", wang, note="已记下")
    told = [one for one in ask(lambda tx: task.of(tx, concluded.id)) if one.kind == "tell_named"]
    assert told
    assert not any("回复“" in one.body or "直接回复" in one.body for one in told)
