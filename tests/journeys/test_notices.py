"""Notices always arrive: by an open way, in the next answer, or by somebody of the staff who is asked in time."""

import random
import re
from datetime import timedelta

import pytest

from bot.simulator import Fault
from handlers import tasks
from handlers.submissions import desk
from storage import timeline
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.people.staff import Role
from storage.submissions import submission, task
from tests.journeys.conftest import open_town

COMPLAINT = "投诉 店名：甲店 地址：乙路1号 问题：丙 诉求：退款 姓名：张三 电话：13812345678 通讯地址：东大街"
CUSTOMER, SUBSCRIPTION, TEMPLATE = "message/custom/send", "message/subscribe/bizsend", "message/template/send"
SCAN = {"MsgType": "event", "Event": "SCAN", "EventKey": "1"}


@pytest.fixture
def clerk(hire):
    return hire("wang", Role.INTAKE, Role.OFFICER)


@pytest.fixture
def hand_in(town):
    """Hand a complaint in from a phone; its number."""

    def send(phone="a", text=COMPLAINT):
        town.platform.follow(phone)
        return re.search(r"SA\d{8}-\d{4,}", town.platform.say(phone, text).reply.text)[0]

    return send


@pytest.fixture
def move(town, clerk):
    def take(number, name, **values):
        with town.service.db.read() as tx:
            version = submission.get(tx, number).version
        town.service.db.write(
            lambda tx: desk.move(tx, town.service.office, number, name, staff=clerk, version=version, values=values)
        )

    return take


@pytest.fixture
def read(town):
    def fn(query):
        with town.service.db.read() as tx:
            return query(tx)

    return fn


@pytest.fixture
def notices_of(read):
    """(state, way, day) of the notices of a submission."""

    def rows(number):
        id = read(lambda tx: submission.get(tx, number)).id
        return [
            (row["state"], row["way"], row["by_day"]) for row in read(lambda tx: outbox.about(tx, Topic.SUBMISSION, id))
        ]

    return rows


def until(town, day):
    """Let the clock run to nine in the morning of a day."""
    town.clock.now = town.clock.now.replace(hour=1, minute=0, second=0)
    while town.service.office.today(town.clock.now).isoformat() < day:
        town.clock.advance(days=1)


def test_the_sixth_notice_in_48_hours_is_not_tried_and_goes_with_the_next_answer(town, hand_in, move):
    number = hand_in()
    town.clock.advance(minutes=2)
    for count in range(6):
        move(number, "answer", note=f"第{count}次答复")
        town.work(rounds=2)
    assert town.asked(CUSTOMER) == 5
    assert not any("第5次答复" in text for text in town.screen("a"))
    assert "第5次答复" in town.platform.say("a", "帮助").reply.text
    move(number, "answer", note="新的窗口")
    town.work()
    assert town.asked(CUSTOMER) == 6


def test_a_menu_tap_opens_the_way_for_three(town, hand_in, move):
    number = hand_in()
    town.clock.advance(days=3)
    town.platform.click("a", "help")
    for count in range(4):
        move(number, "answer", note=f"第{count}次答复")
    town.work(rounds=3)
    assert town.asked(CUSTOMER) == 3
    town.clock.advance(minutes=2)
    town.platform.deliver("a", SCAN)
    town.work()
    assert [sum(f"第{count}次答复" in text for text in town.screen("a")) for count in range(4)] == [1, 1, 1, 1]


@pytest.mark.parametrize("act", ["follow", "click"])
def test_a_follow_or_a_tap_takes_what_was_held(town, hand_in, move, act):
    number = hand_in()
    town.clock.advance(days=3)
    move(number, "answer", note="请补充小票")
    town.work(rounds=3)
    assert town.asked(CUSTOMER) == 0
    reply = town.platform.follow("a") if act == "follow" else town.platform.click("a", "help")
    assert "请补充小票" in reply.reply.text
    town.work(rounds=3)
    assert town.asked(CUSTOMER) == 0


def test_an_acceptance_nobody_could_be_told_of_becomes_a_task_two_working_days_before(
    town, hand_in, move, read, notices_of
):
    number = hand_in()  # a Monday: to be decided on within seven working days, on Wednesday 2 December
    town.clock.advance(days=3)
    move(number, "accept")
    town.work()
    assert notices_of(number) == [("held", "", "2026-12-02")]
    until(town, "2026-11-29")
    town.work(rounds=2)
    assert read(task.open_ones) == []
    until(town, "2026-11-30")
    town.work(rounds=2)
    (found,) = read(task.open_ones)
    assert (found.number, found.kind, found.due_on) == (number, "tell", "2026-12-02")
    assert "已受理" in found.body
    assert notices_of(number)[0][0] == "held"


def test_over_holidays_the_task_comes_before_them(town, hand_in, move, read, notices_of):
    town.clock.now = town.clock.now.replace(month=9, day=22)
    number = hand_in()
    town.clock.advance(days=3)
    move(number, "accept")
    (day,) = {day for _, _, day in notices_of(number)}
    assert day == "2026-10-09"
    for day, count in (("2026-09-29", 0), ("2026-09-30", 1)):
        until(town, day)
        town.work(rounds=2)
        assert read(task.count_open) == count


def test_when_it_arrives_after_all_the_task_closes_with_that_remark(town, hand_in, move, read):
    number = hand_in()
    town.clock.advance(days=3)
    move(number, "accept")
    until(town, "2026-11-30")
    town.work(rounds=2)
    assert read(task.count_open) == 1
    assert "已受理" in town.platform.say("a", "帮助").reply.text
    made = read(lambda tx: submission.get(tx, number))
    (closed,) = read(lambda tx: task.of(tx, made.id))
    assert (closed.state, closed.how, closed.note) == ("done", "arrived", "通知已自行送达（随答复告知）")
    assert "已告知提交人" in [entry.title for entry in read(lambda tx: timeline.of(tx, made.id))]


def test_what_staff_have_told_by_telephone_is_not_sent_as_well(town, hand_in, move, read, clerk, notices_of):
    number = hand_in()
    town.clock.advance(days=3)
    move(number, "decline", ground="16.3", note="不属于消费争议")
    until(town, "2026-12-01")
    town.work(rounds=2)
    (found,) = read(task.open_ones)
    at = town.clock.now - timedelta(hours=1)
    values = {"how": "phone", "happened_at": at.isoformat(), "note": "本人接听"}
    town.service.db.write(
        lambda tx: tasks.move(tx, town.service.office, found.id, "task_done", staff=clerk, version=1, values=values)
    )
    assert notices_of(number)[0][:2] == ("sent", "phone")
    assert "不属于消费争议" not in town.platform.say("a", "帮助").reply.text
    town.work(rounds=3)
    assert town.asked(CUSTOMER) == 0


def test_a_notice_that_arrives_makes_no_task_and_leaves_its_way_on_record(town, hand_in, move, read, notices_of):
    number = hand_in()
    move(number, "accept")
    town.work()
    assert notices_of(number) == [("sent", "customer", "2026-12-02")]
    until(town, "2026-12-10")
    town.work(rounds=2)
    assert read(task.open_ones) == []


def test_after_leaving_the_notice_becomes_a_task(town, hand_in, move, read):
    number = hand_in()
    town.platform.unfollow("a")
    move(number, "refer", unit="公安局", note="涉嫌犯罪")
    until(town, "2026-12-09")
    town.work(rounds=2)
    assert town.asked(CUSTOMER) == 0
    assert [one.number for one in read(task.open_ones)] == [number]


@pytest.fixture(params=["service", "subscription"])
def account(request):
    return request.param


@pytest.fixture
def equipped(service, clock, account):
    """A town whose office has both templates."""
    with open_town(service, clock, account=account, subscribe_template="dingyue", service_template="moban") as made:
        yield made


class TestWithTemplates:
    """Short notices of an office that has templates."""

    @pytest.fixture
    def town(self, equipped):
        return equipped

    def test_template_messages_are_for_service_accounts(self, town, hand_in, move, account, notices_of):
        number = hand_in()
        town.clock.advance(days=3)
        move(number, "accept")
        town.work()
        asked = [town.asked(path) for path in (CUSTOMER, SUBSCRIPTION, TEMPLATE)]
        assert asked == [0, 0, 1 if account == "service" else 0]
        assert notices_of(number)[0][:2] == (("sent", "template") if account == "service" else ("held", ""))

    def test_a_consent_given_later_brings_what_was_held_and_is_good_for_one(self, town, hand_in, move, notices_of):
        number = hand_in()
        town.clock.advance(days=3)
        town.platform.decide("a", "dingyue")
        move(number, "accept")
        move(number, "settle", note="已退款96元")
        town.work(rounds=3)
        assert town.asked(SUBSCRIPTION) == 1
        short = next(text for text in town.screen("a") if text.startswith(number))
        assert re.fullmatch(rf"{number}\n调解中\n2026-11-26 \d\d:\d\d", short)
        assert not any("96元" in text for text in town.screen("a"))
        assert "96元" in town.platform.say("a", "帮助").reply.text


STEPS = ("say", "tap", "scan", "agree", "disagree", "leave", "follow", "tell", "tell", "tell", "pass", "pass", "work")
FAULTS = (
    Fault(lost=True),
    Fault(errcode=45015),
    Fault(errcode=45047),
    Fault(errcode=-1),
    Fault(errcode=45009),
    Fault(errcode=43101),
    Fault(errcode=47003),
    Fault(outcome="failed:user block"),
    Fault(outcome="failed:user block", event_first=True),
)


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 16))])
def test_whatever_happens_every_notice_is_told_or_somebody_is_asked_to(service, clock, clerk, seed):
    dice = random.Random(seed)
    with open_town(service, clock, subscribe_template="dingyue", service_template="moban" if seed % 2 else "") as town:
        platform = town.platform
        platform.follow("a")
        number = re.search(r"SA\d{8}-\d{4,}", platform.say("a", COMPLAINT).reply.text)[0]
        told = 0

        def tell():
            nonlocal told
            told += 1
            with town.service.db.read() as tx:
                version = submission.get(tx, number).version
            # No two stretches of all notices are alike, so that what comes twice is seen.
            values = {"note": "".join(f"〔{told}.{line}〕" for line in range(dice.choice((1, 100, 400))))}
            town.service.db.write(
                lambda tx: desk.move(
                    tx, town.service.office, number, "answer", staff=clerk, version=version, values=values
                )
            )

        acts = {
            "say": lambda: platform.follows("a") and platform.say("a", "帮助"),
            "tap": lambda: platform.follows("a") and platform.click("a", "help"),
            "scan": lambda: platform.follows("a") and platform.deliver("a", SCAN),
            "agree": lambda: platform.decide("a", "dingyue"),
            "disagree": lambda: platform.refuse("a", "dingyue"),
            "leave": lambda: platform.unfollow("a"),
            "follow": lambda: platform.follow("a"),
            "tell": tell,
            "pass": lambda: town.clock.advance(hours=dice.choice((0.01, 1, 30))),
            "work": town.work,
        }
        for _ in range(40):
            if dice.random() < 0.3:
                platform.script(dice.choice((CUSTOMER, SUBSCRIPTION, TEMPLATE)), dice.choice(FAULTS))
            acts[dice.choice(STEPS)]()
            town.clock.advance(seconds=1)
            town.work()
        for _ in range(12):
            town.work(rounds=2, seconds=86400)
        with town.service.db.read() as tx:
            rows = tx.all("select about, cause, state from outbox where topic = 'submission'")
            asked = {(one.submission, one.cause) for one in task.open_ones(tx)}
        assert rows
        for row in rows:
            assert row["state"] == "sent" or (row["about"], row["cause"]) in asked, row
        pushed = [mark for b in platform.inbox("a") if b.how == "custom" for mark in re.findall("〔.*?〕", b.text)]
        assert len(pushed) == len(set(pushed)), "sent twice"
