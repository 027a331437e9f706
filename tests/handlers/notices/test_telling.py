"""Notices: queued once, in parts that fit, with the day by which they must be known."""

from datetime import timedelta

import pytest

from content.replies import LIMIT_BYTES
from handlers.notices import telling
from handlers.submissions import intake
from storage import timeline
from storage.chat import follower
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from storage.people.staff import Role
from storage.submissions import task
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


def put(service, about, text, **more):
    service.db.write(lambda tx: telling.put(tx, Subject(Topic.REWARD, about), openid="o1", text=text, **more))


def test_a_short_notice_is_one_parcel(service, parcels):
    put(service, "n1", "您好")
    assert [(row.subject.about, row.part, row.payload["text"]) for row in parcels()] == [("n1", 1, "您好")]


def test_a_long_one_is_told_in_parts_that_fit(service, parcels):
    put(service, "n1", "办理情况说明" * 300)
    parts = parcels()
    assert [(row.subject.about, row.part) for row in parts] == [("n1", 1), ("n1", 2), ("n1", 3)]
    assert "".join(row.payload["text"] for row in parts) == "办理情况说明" * 300
    assert all(len(row.payload["text"].encode()) <= LIMIT_BYTES for row in parts)


def test_the_same_subject_is_not_told_twice(service, parcels):
    put(service, "n1", "一")
    put(service, "n1", "二")
    assert [row.payload["text"] for row in parcels()] == ["二"]


def test_it_may_wait(service, parcels, clock):
    put(service, "n1", "您好", due_at=clock.now + timedelta(hours=1))
    assert parcels()[0].due_at > (clock.now + timedelta(minutes=59)).isoformat()[:19]


def test_one_that_insists_says_so_in_every_part(service, parcels):
    put(service, "n1", "办理情况说明" * 300, insist=True)
    put(service, "n2", "您好")
    assert ["insist" in row.payload for row in parcels()] == [True, True, True, False]


@pytest.fixture
def wang(hire):
    return hire("wang", Role.INTAKE, Role.OFFICER)


@pytest.fixture
def days(ask, stored):
    """The days by which the reporter must know, of every notice."""

    def read():
        return [row["by_day"] for row in ask(lambda tx: outbox.about(tx, Topic.SUBMISSION, stored()[-1].id))]

    return read


NAMED = "举报 店名：甲 地址：乙 问题：丙 姓名：张三 电话：13812345678"
COMPLAINT = "投诉 店名：甲 地址：乙 问题：丙 诉求：退款 姓名：张三 电话：13812345678 通讯地址：东大街"


@pytest.mark.parametrize(("name", "values"), [("accept", {}), ("decline", {"ground": "16.4", "note": "超过三年"})])
def test_a_decision_on_a_complaint_must_be_known_by_the_day_it_is_due(
    phone, stored, act, wang, days, clock, name, values
):
    phone.say(COMPLAINT)
    clock.advance(days=4)
    act(stored()[0].number, name, wang, **values)
    assert days() == ["2026-12-02"]


def test_other_notices_must_be_known_within_seven_working_days_of_the_move(tip, act, wang, days, clock):
    number = tip().number
    clock.advance(days=1)
    act(number, "answer", wang, note="已核查")
    act(number, "refer", wang, unit="公安局", note="涉嫌犯罪")
    assert days() == ["2026-12-03", "2026-12-03"]


def test_a_short_notice_holds_number_stage_and_time_and_none_of_the_text(tip, act, wang, parcels):
    made = tip()
    act(made.number, "answer", wang, note="机密内容")
    act(made.number, "refer", wang, unit="公安局", note="涉嫌犯罪")
    answer, end = (row.payload for row in parcels())
    assert (answer["stage"], end["stage"], answer["number"]) == ("有新的答复", "已移送", made.number)
    assert answer["time"] == "2026-11-23 09:00"
    assert all(len(payload["stage"]) <= 20 for payload in (answer, end))
    assert (answer["whole"], end["whole"]) == ("", "")


def test_one_that_says_no_more_than_the_stage_is_whole(phone, stored, act, wang, parcels):
    phone.say(COMPLAINT)
    act(stored()[0].number, "accept", wang, note="内部意见")
    assert [row.payload["whole"] for row in parcels()] == ["1"]


def test_whoever_has_no_wechat_contact_is_a_task_at_once(service, act, wang, ask, audited):
    draft = Draft(Kind.REPORT, "triage", "other", service.db.clock(), description="电话举报")
    made = service.db.write(
        lambda tx: intake.enter(tx, service.office, draft, Identity(name="张三", phone="13812345678"), staff=wang)
    )
    act(made.number, "answer", wang, note="已核查，谢谢")
    (found,) = ask(task.open_ones)
    assert (found.kind, found.number, found.title) == ("tell_named", made.number, "需要电话或当面告知")
    assert "已核查，谢谢" in found.body


def test_all_parts_of_a_long_notice_make_one_task(service, tip, act, wang, ask, hold_all, clock):
    act(tip(NAMED).number, "answer", wang, note="情况说明" * 400)
    hold_all()
    clock.advance(days=9)
    opened = service.db.write(lambda tx: telling.watch(tx, service.office))
    again = service.db.write(lambda tx: telling.watch(tx, service.office))
    assert (opened, again, ask(task.count_open)) == (1, 0, 1)


def test_many_notices_are_looked_at_some_at_a_time_and_each_once(
    service, tip, act, wang, ask, hold_all, clock, monkeypatch
):
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    number = tip(NAMED).number
    for note in "甲乙丙":
        act(number, "answer", wang, note=note)
    hold_all()
    clock.advance(days=9)
    watch = lambda tx: telling.watch(tx, service.office)  # noqa: E731
    assert [service.db.write(watch) for _ in range(3)] == [2, 1, 0]
    assert ask(task.count_open) == 3


def test_staff_are_asked_again_when_what_had_arrived_turns_out_not_to(
    service, tip, act, wang, ask, hold_all, clock, phone
):
    openid = phone.openid
    act(tip(NAMED).number, "answer", wang, note="甲")
    hold_all()
    clock.advance(days=9)
    watch = lambda tx: telling.watch(tx, service.office)  # noqa: E731
    assert service.db.write(watch) == 1

    def arrives(tx):
        (parcel,) = outbox.held(tx, follower.sender_of(tx, openid))
        telling.told(tx, service.office, parcel, "template", "1")

    service.db.write(arrives)
    assert ask(task.count_open) == 0
    service.db.write(lambda tx: telling.bounced(tx, follower.sender_of(tx, openid), "template", "1", "拒收"))
    assert (service.db.write(watch), ask(task.count_open)) == (1, 1)


def test_a_notice_that_may_be_on_its_way_is_no_task_yet(service, tip, clock):
    made = tip(NAMED)
    clock.advance(days=30)
    subject = Subject(Topic.SUBMISSION, made.id, "9")
    service.db.write(lambda tx: telling.put(tx, subject, openid="o1", text="x", by=service.office.today(tx.now)))
    assert service.db.write(lambda tx: telling.watch(tx, service.office)) == 0
    clock.advance(minutes=11)
    assert service.db.write(lambda tx: telling.watch(tx, service.office)) == 1


def test_of_one_who_left_no_way_it_is_said_once_and_nobody_is_asked(service, tip, act, wang, ask, hold_all, clock):
    made = tip()
    for note in "甲乙":
        act(made.number, "answer", wang, note=note)
    hold_all()
    clock.advance(days=9)
    assert service.db.write(lambda tx: telling.watch(tx, service.office)) == 0
    assert ask(task.count_open) == 0
    assert [one.title for one in ask(lambda tx: timeline.of(tx, made.id))].count(telling.UNREACHABLE) == 1
