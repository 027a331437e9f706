"""By which way a notice goes: the first that is open, none that must fail, and never twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.simulator import Fault
from bot.wechat.gateway import Gateway
from bot.worker.courier import Courier
from bot.worker.notices import pause
from handlers.notices import telling
from handlers.notices.telling import Short
from storage.chat import consent, follower, window
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from tests.verbs import state_of

CUSTOMER, SUBSCRIPTION, TEMPLATE = "message/custom/send", "message/subscribe/bizsend", "message/template/send"
YES, NEWS = "dingyue", "moban"


@pytest.fixture
def equip(town):
    """Give the office templates; the courier that knows them."""

    def make(subscribe="", service=""):
        office = replace(town.service.office, subscribe_template=subscribe, service_template=service)
        town.service = replace(town.service, office=office)
        return Courier(town.service, Gateway(town.service))

    return make


@pytest.fixture
def reached(town):
    """A phone that wrote long ago: no window is open."""
    town.platform.follow("a")
    town.platform.say("a", "帮助")
    town.clock.advance(days=3)
    return town.platform.openid("a")


@pytest.fixture
def put(town):
    def make(openid, about="n1", text="您提交的事项已办结，处罚5000元", whole=False):
        short = Short("SA20261123-0001", "已办结", "2026-11-23 09:05", whole)
        town.service.db.write(
            lambda tx: telling.put(tx, Subject(Topic.REWARD, about), openid=openid, text=text, short=short)
        )

    return make


@pytest.fixture
def state(town):
    def read(about="n1"):
        with town.service.db.read() as tx:
            row = tx.one("select state, way, reminded, doubtful from outbox where about = :a", a=about)
            return tuple(row.values())

    return read


def drain(town, courier, rounds=1, **later):
    for _ in range(rounds):
        town.clock.advance(**later)
        courier.drain("notice")


def ways_asked(town):
    return [call.path for call in town.platform.calls if call.path.startswith("message/")]


def consents(town):
    with town.service.db.read() as tx:
        return consent.remaining(tx, follower.sender_of(tx, town.platform.openid("a")), YES)


@pytest.fixture
def courier(equip):
    return equip()


@pytest.fixture
def notice(town, put):
    """A notice waits for a phone that wrote just now."""
    town.platform.follow("a")
    town.platform.say("a", "帮助")
    put(town.platform.openid("a"), text="已核查")

    def read():
        with town.service.db.read() as tx:
            return state_of(tx, "n1")

    return read


def test_a_notice_is_sent_once(town, courier, notice, state):
    drain(town, courier, rounds=3, seconds=1)
    assert notice() == ("sent", "")
    assert state() == ("sent", "customer", "", 0)
    assert town.screen("a").count("已核查") == 1


@pytest.mark.parametrize("code", [-1, 45011, 40164, 40125])
def test_a_passing_refusal_is_tried_again_soon(town, courier, notice, code):
    town.platform.script(CUSTOMER, Fault(errcode=code))
    drain(town, courier)
    assert notice()[0] == "waiting"
    assert str(code) in notice()[1]
    drain(town, courier, seconds=10)
    assert notice()[0] == "sent"


@pytest.mark.parametrize("code", [45015, 45047, 48002, 43004])
def test_where_no_way_is_open_it_is_held_and_not_tried_again(town, courier, notice, code):
    town.platform.script(CUSTOMER, Fault(errcode=code))
    drain(town, courier, rounds=5, minutes=10)
    assert notice()[0] == "held"
    assert town.asked(CUSTOMER) == 1


def test_what_the_platform_knows_better_the_ledger_learns(town, courier, notice, put):
    town.platform.script(CUSTOMER, Fault(errcode=45047))
    drain(town, courier)
    put(town.platform.openid("a"), "n2")
    drain(town, courier, seconds=5)
    assert town.asked(CUSTOMER) == 1
    with town.service.db.read() as tx:
        assert window.usable(tx, follower.sender_of(tx, town.platform.openid("a"))) is None


def test_a_quota_that_is_used_up_costs_an_hour_and_not_the_notice(town, courier, notice):
    town.platform.script(CUSTOMER, Fault(errcode=45009))
    drain(town, courier, rounds=30, minutes=1)
    assert (notice()[0], town.asked(CUSTOMER)) == ("waiting", 1)
    drain(town, courier, minutes=31)
    assert notice()[0] == "sent"


def test_when_it_may_have_arrived_it_is_not_sent_again(town, courier, notice, state):
    town.platform.script(CUSTOMER, Fault(lost=True))
    drain(town, courier)
    town.platform.deliver("a", {"MsgType": "event", "Event": "scancode_push", "EventKey": "1"})
    drain(town, courier, rounds=5, seconds=9)
    assert town.screen("a").count("已核查") == town.asked(CUSTOMER) == 1
    assert state() == ("held", "customer", "", 1)
    assert "已核查" in town.platform.say("a", "帮助").reply.text
    assert state() == ("sent", "answer", "", 1)


def test_a_notice_whose_worker_died_while_sending_is_held_rather_than_sent_twice(town, courier, notice, state):
    parcel = town.service.db.write(lambda tx: outbox.claim(tx, "notice"))
    town.service.db.write(lambda tx: telling.begin(tx, town.service.office, parcel, {}))
    drain(town, courier, seconds=20)
    assert state() == ("held", "customer", "", 1)
    assert town.asked(CUSTOMER) == 0


def test_a_notice_whose_worker_died_before_it_asked_is_sent(town, courier, notice):
    town.service.db.write(lambda tx: outbox.claim(tx, "notice"))
    drain(town, courier, seconds=20)
    assert notice()[0] == "sent"
    assert town.asked(CUSTOMER) == 1


# Short notices.


def test_a_consent_carries_one_short_notice_without_the_text_and_is_used_up(town, equip, reached, put, state):
    courier = equip(subscribe=YES)
    town.platform.decide("a", YES)
    assert consents(town) == 1
    put(reached)
    put(reached, "n2")
    drain(town, courier, rounds=5, seconds=30)
    assert ways_asked(town) == [SUBSCRIPTION]
    assert town.screen("a")[-1] == "SA20261123-0001\n已办结\n2026-11-23 09:05"
    assert consents(town) == 0
    assert state() == ("held", "", "subscription", 0)
    assert state("n2") == ("held", "", "", 0)
    assert town.platform.say("a", "帮助").reply.text.count("处罚5000元") == 2
    assert state() == ("sent", "answer", "subscription", 0)


def test_a_short_notice_that_says_all_has_told_it(town, equip, reached, put, state):
    courier = equip(subscribe=YES)
    town.platform.decide("a", YES)
    put(reached, whole=True)
    drain(town, courier)
    assert state() == ("sent", "subscription", "", 0)


def test_a_reminder_is_not_repeated_and_an_open_window_brings_the_text(town, equip, reached, put, state):
    courier = equip(subscribe=YES)
    town.platform.decide("a", YES)
    put(reached)
    drain(town, courier, seconds=1)
    town.platform.decide("a", YES)
    drain(town, courier, seconds=1)
    assert (consents(town), state()) == (1, ("held", "", "subscription", 0))
    town.platform.deliver("a", {"MsgType": "event", "Event": "scancode_push", "EventKey": "1"})
    drain(town, courier, seconds=1)
    assert state() == ("sent", "customer", "subscription", 0)
    assert ways_asked(town) == [SUBSCRIPTION, CUSTOMER]


def test_an_open_window_goes_before_a_consent(town, equip, notice):
    courier = equip(subscribe=YES, service=NEWS)
    town.platform.decide("a", YES)
    drain(town, courier)
    assert ways_asked(town) == [CUSTOMER]
    assert consents(town) == 1


def test_a_consent_the_platform_does_not_know_is_forgotten_and_the_next_way_taken(town, equip, reached, put, state):
    courier = equip(subscribe=YES, service=NEWS)
    town.platform.decide("a", YES)
    town.platform.script(SUBSCRIPTION, Fault(errcode=43101))
    put(reached)
    drain(town, courier)
    assert ways_asked(town) == [SUBSCRIPTION, TEMPLATE]
    assert (consents(town), state()) == (0, ("held", "", "template", 0))


@pytest.mark.parametrize("code", [40037, 47003, 43116])
def test_a_template_that_is_wrong_does_not_stop_the_other_ways(town, equip, reached, put, state, code):
    courier = equip(subscribe=YES, service=NEWS)
    town.platform.decide("a", YES)
    town.platform.script(SUBSCRIPTION, Fault(errcode=code))
    put(reached)
    drain(town, courier)
    assert ways_asked(town) == [SUBSCRIPTION, TEMPLATE]
    assert consents(town) == 1


def test_a_subscription_notice_that_may_have_arrived_is_not_repeated(town, equip, reached, put, state):
    courier = equip(subscribe=YES)
    town.platform.decide("a", YES)
    town.clock.advance(seconds=1)
    town.platform.decide("a", YES)
    town.platform.script(SUBSCRIPTION, Fault(lost=True))
    put(reached, whole=True)
    drain(town, courier, rounds=3, minutes=3)
    assert ways_asked(town) == [SUBSCRIPTION]
    assert (consents(town), state()) == (1, ("held", "", "subscription", 0))


def test_a_template_message_is_asked_again_under_its_own_key_and_shown_once(town, equip, reached, put, state):
    courier = equip(service=NEWS)
    town.platform.script(TEMPLATE, Fault(lost=True), Fault(lost=True))
    put(reached)
    drain(town, courier, rounds=4, seconds=30)
    assert town.asked(TEMPLATE) == 3
    assert town.screen("a").count("SA20261123-0001\n已办结\n2026-11-23 09:05") == 1
    assert state() == ("held", "", "template", 0)


def test_a_template_message_is_not_asked_again_when_the_platform_forgot_its_key(town, equip, reached, put, state):
    courier = equip(service=NEWS)
    town.platform.script(TEMPLATE, Fault(lost=True))
    put(reached)
    drain(town, courier)
    drain(town, courier, minutes=10)
    assert town.asked(TEMPLATE) == 1
    assert state() == ("held", "", "template", 0)


def test_a_notice_without_a_short_form_uses_no_consent(town, equip, reached):
    courier = equip(subscribe=YES, service=NEWS)
    town.platform.decide("a", YES)
    town.service.db.write(lambda tx: telling.put(tx, Subject(Topic.REWARD, "n1"), openid=reached, text="已收到2张照片"))
    drain(town, courier)
    assert ways_asked(town) == []


# What the platform says later.


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("early", [False, True])
def test_a_subscription_notice_that_did_not_arrive_is_not_told_and_goes_another_way(
    town, equip, reached, put, state, whole, early
):
    courier = equip(subscribe=YES, service=NEWS)
    town.platform.decide("a", YES)
    town.platform.script(SUBSCRIPTION, Fault(outcome="user refused", event_first=early))
    put(reached, whole=whole)
    drain(town, courier)
    wait_for_event(town, courier, lambda: town.asked(TEMPLATE))
    assert ways_asked(town) == [SUBSCRIPTION, TEMPLATE]
    assert state()[2 if not whole else 1] == "template"


@pytest.mark.parametrize("early", [False, True])
def test_a_template_message_that_did_not_arrive_is_not_told(town, equip, reached, put, state, early):
    courier = equip(service=NEWS)
    town.platform.script(TEMPLATE, Fault(outcome="failed:user block", event_first=early))
    put(reached, whole=True)
    drain(town, courier)
    wait_for_event(town, courier, lambda: state()[0] == "held")
    assert state() == ("held", "", "", 0)
    assert town.asked(TEMPLATE) == 1
    assert "处罚5000元" in town.platform.say("a", "帮助").reply.text


def wait_for_event(town, courier, done):
    import time

    for _ in range(100):
        drain(town, courier, seconds=1)
        if done():
            return
        time.sleep(0.02)
    raise AssertionError("it never came to hold")


def test_pauses_grow_and_the_first_retry_comes_within_ten_seconds():
    assert all(timedelta(seconds=1) < pause(0) < timedelta(seconds=10) for _ in range(50))
    assert pause(0) < pause(2) < pause(4) < pause(6)
    assert pause(99) <= timedelta(hours=1)


def test_one_that_insists_is_rather_sent_twice_than_not_at_all(town, equip):
    town.platform.follow("a")
    town.platform.say("a", "帮助")
    openid = town.platform.openid("a")
    town.service.db.write(
        lambda tx: telling.put(tx, Subject(Topic.REWARD, "n1"), openid=openid, text="紧急呼叫", insist=True)
    )
    courier = equip()
    town.platform.script(CUSTOMER, Fault(lost=True))
    courier.drain("notice")
    town.clock.advance(seconds=30)
    courier.drain("notice")
    assert town.screen("a").count("紧急呼叫") == 2
    assert state_of_notice(town) == ("sent", "customer")


def state_of_notice(town):
    with town.service.db.read() as tx:
        row = tx.one("select state, way from outbox where about = 'n1'")
    return tuple(row.values())
