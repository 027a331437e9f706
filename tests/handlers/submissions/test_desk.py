"""What staff do with a submission: checked, recorded, told, and never overwritten."""

import pytest

from handlers.errors import Refused
from handlers.submissions import desk
from storage import timeline
from storage.people.staff import Role
from storage.submissions import deadline, submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


@pytest.fixture
def wang(hire):
    return hire("wang", Role.INTAKE, Role.OFFICER)


@pytest.fixture
def li(hire):
    return hire("li", Role.INTAKE)


@pytest.fixture
def leader(hire):
    return hire("juzhang", Role.LEADER)


@pytest.fixture
def refused(act):
    """The refusal of a move."""

    def take(*given, **values) -> Refused:
        with pytest.raises(Refused) as error:
            act(*given, **values)
        return error.value

    return take


def entries(ask, made):
    return ask(lambda tx: timeline.of(tx, made.id))


def test_a_move_changes_stage_and_version_and_leaves_its_trace(tip, act, wang, li, ask, audited):
    made = tip()
    after = act(made.number, "assign", wang, unit="青屏所", assignee="li", note="尽快")
    assert (after.stage, after.unit, after.assignee, after.version) == ("assigned", "青屏所", "li", 2)
    last = entries(ask, made)[-1]
    assert (last.actor, last.title, last.public) == ("wang", "分派", False)
    assert last.body == "承办单位：青屏所\n承办人账号：li\n尽快"
    assert audited() == ["receive", "assign"]


def test_the_second_of_two_is_told_what_the_first_did_and_nothing_is_overwritten(tip, act, refused, wang, li, stored):
    made = tip()
    act(made.number, "assign", wang, version=1, unit="青屏所")
    error = refused(made.number, "assign", li, version=1, unit="曲梁所")
    assert (error.code, error.extra["version"]) == ("stale", 2)
    assert "wang 已执行“分派”" in error.text
    assert "已分派" in error.text
    assert stored()[0].unit == "青屏所"


@pytest.mark.parametrize("version", [0, 2, -1, 99])
def test_a_version_that_never_was_is_stale(tip, service, wang, version, stored):
    made = tip()
    with pytest.raises(Refused) as error:
        service.db.write(
            lambda tx: desk.move(tx, service.office, made.number, "register", staff=wang, version=version, values={})
        )
    assert error.value.code == "stale"
    assert stored()[0].stage == "triage"


def test_a_refused_move_leaves_no_trace(tip, refused, wang, ask, audited, parcels):
    made = tip()
    assert refused(made.number, "refer", wang).code == "missing_field"
    assert refused(made.number, "conclude", wang, note="x").code == "wrong_stage"
    assert refused(made.number, "amend", wang, category="nonsense").code == "invalid_field"
    assert audited() == ["receive"]
    assert len(entries(ask, made)) == 1
    assert parcels() == []


def test_who_may_not_read_is_told_no_more_than_of_a_number_that_does_not_exist(tip, refused, hire, wang, service):
    made, editor = tip(), hire("bianji", Role.EDITOR, Role.ADMIN)
    hidden = refused(made.number, "note", editor, note="x")
    assert hidden.code == "not_found"
    with pytest.raises(Refused) as error:
        service.db.write(lambda tx: desk.open_submission(tx, made.number, editor))
    assert error.value.text == hidden.text
    with pytest.raises(Refused) as error:
        service.db.write(lambda tx: desk.open_submission(tx, "SA20261123-0009", wang))
    assert error.value.text == hidden.text.replace(made.number, "SA20261123-0009")


def test_opening_a_submission_is_recorded(tip, service, wang, audited):
    made = tip()
    assert service.db.write(lambda tx: desk.open_submission(tx, made.number, wang)) == made
    assert audited() == ["receive", "open"]


def test_buttons_are_the_moves_of_ones_roles(tip, li, hire, offered):
    made = tip()
    assert set(offered(desk.PROCEDURE, made, li)) == {
        *("register", "assign", "refer", "merge", "split", "join", "amend", "ask", "answer", "note"),
        "add_for",
    }
    assert offered(desk.PROCEDURE, made, hire("bianji", Role.EDITOR)) == []


def test_the_reporter_is_told_of_what_concerns_them_and_of_nothing_else(tip, act, wang, leader, parcels):
    number = tip().number
    act(number, "register", wang)
    act(number, "note", wang, note="内部意见")
    act(number, "assign", wang, unit="青屏所")
    assert parcels() == []
    act(number, "verify", wang, note="明日到场")
    act(number, "propose", wang, outcome="file", note="内部立案依据")
    act(number, "file_case", leader, note="内部审批意见")
    (notice,) = parcels()
    assert "立案" in notice.payload["text"]
    assert "内部" not in notice.payload["text"]
    act(number, "conclude", wang, note="已处罚款5000元")
    assert "已处罚款5000元" in parcels()[-1].payload["text"]


def test_a_question_tells_how_to_answer_it(tip, act, wang, parcels, stored):
    act(tip().number, "ask", wang, note="在哪一天买的？")
    assert "直接回复这条消息" in parcels()[0].payload["text"]
    assert stored()[0].asked_at is not None


def test_an_answer_reaches_the_reporter_and_stands_in_the_timeline(tip, act, wang, parcels, ask):
    made = tip()
    act(made.number, "answer", wang, note="请补充购买日期")
    assert "请补充购买日期" in parcels()[0].payload["text"]
    assert (entries(ask, made)[-1].kind, entries(ask, made)[-1].public) == ("answer", True)


def test_whoever_cannot_be_reached_becomes_a_task(service, act, wang, ask, parcels):
    draft = Draft(Kind.REPORT, "triage", "other", service.db.clock(), description="电话举报")
    day = service.office.today(service.db.clock())
    made = service.db.write(lambda tx: submission.add(tx, draft, identity=Identity(phone="13812345678"), day=day))
    act(made.number, "answer", wang, note="已核查")
    assert parcels() == []
    assert "需要电话或当面告知" in [entry.title for entry in entries(ask, made)]


def test_deadlines_follow_the_moves(tip, act, wang, leader, ask):
    made = tip()
    act(made.number, "assign", wang, unit="青屏所")
    act(made.number, "verify", wang)
    act(made.number, "propose", wang, outcome="file")
    act(made.number, "file_case", leader, note="符合条件")
    states = lambda: {due.code: due.state for due in ask(lambda tx: deadline.of(tx, made.id))}  # noqa: E731
    assert states() == {"report.verify": "met", "report.case": "open"}
    act(made.number, "conclude", wang, note="已结")
    assert set(states().values()) == {"met"}


def test_accepting_a_complaint_starts_the_mediation(phone, stored, act, wang, ask):
    phone.say("投诉 店名：甲 地址：乙 问题：丙 诉求：退款 姓名：张三 电话：13812345678 通讯地址：东大街")
    made = stored()[0]
    act(made.number, "accept", wang)
    accept, mediate = sorted(ask(lambda tx: deadline.of(tx, made.id)), key=lambda due: due.code)
    assert (accept.state, mediate.state, mediate.due_on) == ("met", "open", "2027-01-22")
    assert mediate.provisional


def test_an_amendment_says_what_it_was_before(tip, act, wang, ask):
    made = tip()
    after = act(made.number, "amend", wang, merchant="老王卤味", category="rural_fake")
    assert (after.merchant, after.category, after.stage) == ("老王卤味", "rural_fake", "triage")
    assert "老王熟食店 → 老王卤味" in entries(ask, made)[-1].body


def test_referring_away_does_not_change_the_unit_in_charge(tip, act, wang, ask):
    made = tip()
    act(made.number, "assign", wang, unit="青屏所")
    after = act(made.number, "refer", wang, unit="公安局", note="涉嫌犯罪")
    assert (after.stage, after.unit) == ("referred", "青屏所")
    assert "公安局" in entries(ask, made)[-1].body


def test_what_a_form_sends_beside_its_fields_is_ignored(tip, act, wang, stored):
    act(tip().number, "register", wang, stage="concluded", urgency="9", merchant="改名", id="1")
    assert (stored()[0].stage, stored()[0].merchant, stored()[0].urgency) == ("registered", "老王熟食店", 0)


def test_a_closed_case_can_be_opened_again_by_a_leader_only(tip, act, refused, wang, hire, stored):
    number = tip().number
    act(number, "refer", wang, unit="县公安局", note="不属实")
    assert refused(number, "reopen", wang, note="新证据").code == "forbidden"
    act(number, "reopen", hire("lingdao", Role.LEADER), note="新证据")
    assert stored()[0].stage == "registered"
