"""Tasks of staff: opened once, done by people with how and when, or closed by what happens meanwhile."""

from datetime import date, timedelta

import pytest

from handlers import tasks
from handlers.errors import Refused
from handlers.submissions import intake
from storage import timeline
from storage.people.staff import Role
from storage.submissions import task
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind

DUE = date(2026, 12, 2)


@pytest.fixture
def li(hire):
    return hire("li", Role.INTAKE)


@pytest.fixture
def enter(service, li):
    """Enter a submission for a caller."""

    def make(kind=Kind.COMPLAINT, identity=None, **given):
        draft = Draft(kind, "triage", "other", service.db.clock(), **given)
        return service.db.write(lambda tx: intake.enter(tx, service.office, draft, identity or Identity(), staff=li))

    return make


@pytest.fixture
def open_task(service, tip):
    """A task to tell the reporter."""

    def make(cause="1"):
        made = tip()
        service.db.write(lambda tx: tasks.open_task(tx, tasks.TELL, made.id, "需要告知", "已受理", DUE, cause=cause))
        return made

    return make


@pytest.fixture
def finish(service, li, clock):
    def do(id, how="phone", note="", version=1, **later):
        at = clock.now + timedelta(**later) if later else clock.now
        values = {"how": how, "note": note, "happened_at": at.isoformat()}
        return service.db.write(
            lambda tx: tasks.move(tx, service.office, id, "task_done", staff=li, version=version, values=values)
        )

    return do


def test_what_a_complaint_lacks_becomes_one_task_due_with_the_decision(enter, ask):
    made = enter(merchant="好又多超市")
    (found,) = ask(lambda tx: task.of(tx, made.id))
    assert found.body == "缺少：投诉人姓名、联系电话、通讯地址、投诉请求"
    assert (found.number, found.due_on, found.state) == (made.number, "2026-12-02", "open")
    assert [entry.title for entry in ask(lambda tx: timeline.of(tx, made.id))] == ["收到", "需要补充材料"]


def test_a_complaint_that_lacks_nothing_and_a_report_without_identity_make_no_task(enter, ask):
    whole = Identity(name="张三", phone="13812345678", address="东大街1号")
    enter(identity=whole, merchant="好又多超市", demand="退款")
    enter(Kind.REPORT, description="卖过期卤肉")
    assert ask(task.open_ones) == []
    enter(Kind.REPORT, merchant="老王熟食店")
    assert [one.body for one in ask(task.open_ones)] == ["缺少：具体线索"]


def test_the_same_cause_makes_one_task(open_task, service, ask):
    made = open_task()
    again = service.db.write(lambda tx: tasks.open_task(tx, tasks.TELL, made.id, "需要告知", "已受理", DUE, cause="1"))
    assert not again
    assert ask(task.count_open) == 1


def test_doing_a_task_says_how_and_when_and_leaves_its_trace(open_task, finish, ask, audited, clock):
    made = open_task()
    (found,) = ask(task.open_ones)
    finish(found.id, note="本人接听，已知悉", hours=-2)
    done = ask(lambda tx: task.find(tx, found.id))
    assert (done.state, done.how, done.done_by, done.note) == ("done", "phone", "li", "本人接听，已知悉")
    assert timedelta(hours=1) < clock.now - done.happened_at < timedelta(hours=3)
    last = ask(lambda tx: timeline.of(tx, made.id))[-1]
    assert (last.actor, last.title, last.body) == ("li", "待办已办结：需要告知", "方式：电话\n本人接听，已知悉")
    assert audited()[-1] == "task_done"
    assert ask(task.open_ones) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"how": ""}, "missing_field"),
        ({"how": "arrived"}, "invalid_field"),
        ({"how": "other"}, "missing_field"),
        ({"note": "长" * 1001}, "too_long"),
        ({"minutes": 5}, "invalid_field"),
    ],
)
def test_a_task_done_without_saying_how_is_refused_and_stays_open(open_task, finish, ask, given, code):
    open_task()
    (found,) = ask(task.open_ones)
    with pytest.raises(Refused) as error:
        finish(found.id, **given)
    assert error.value.code == code
    assert ask(task.count_open) == 1


def test_two_people_do_not_do_the_same_task(open_task, finish, ask):
    open_task()
    (found,) = ask(task.open_ones)
    finish(found.id)
    with pytest.raises(Refused) as error:
        finish(found.id)
    assert error.value.code == "stale"
    assert "li 已执行“待办已办结：需要告知”" in error.value.text
    with pytest.raises(Refused) as error:
        finish("nobody")
    assert error.value.code == "not_found"


def test_a_task_whose_notice_arrives_closes_with_that_remark_and_opens_again_if_it_did_not(
    open_task, finish, service, ask
):
    made = open_task()
    service.db.write(lambda tx: tasks.arrived(tx, made.id, "1", "微信消息"))
    (found,) = ask(lambda tx: task.of(tx, made.id))
    assert (found.state, found.how, found.note) == ("done", "arrived", "通知已自行送达（微信消息）")
    with pytest.raises(Refused) as error:
        finish(found.id)
    assert error.value.code == "stale"
    service.db.write(lambda tx: tasks.open_task(tx, tasks.TELL, made.id, "需要告知", "已受理", DUE, cause="1"))
    assert ask(task.count_open) == 1


def test_what_people_have_done_does_not_open_again(open_task, finish, service, ask):
    made = open_task()
    finish(ask(task.open_ones)[0].id)
    service.db.write(lambda tx: tasks.open_task(tx, tasks.TELL, made.id, "需要告知", "已受理", DUE, cause="1"))
    service.db.write(lambda tx: tasks.arrived(tx, made.id, "1", "微信消息"))
    (found,) = ask(lambda tx: task.of(tx, made.id))
    assert (found.state, found.how) == ("done", "phone")


def test_a_complaint_withdrawn_in_mediation_asks_to_tell_the_other_side(phone, stored, act, hire, ask):
    officer = hire("wang", Role.INTAKE, Role.OFFICER)
    phone.say("投诉 店名：甲 地址：乙 问题：丙 诉求：退款 姓名：张三 电话：13812345678 通讯地址：东大街")
    phone.say("提交")
    (made,) = stored()
    act(made.number, "accept", officer)
    phone.say(f"撤回 {made.number}")
    phone.say("是")
    (found,) = ask(task.open_ones)
    assert (found.kind, found.due_on) == ("inform", "2026-12-02")
    assert "张三" not in found.body
