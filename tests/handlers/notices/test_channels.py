"""The ledger of what may be written to whom: windows at their edges; and which channel comes next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.notices import channels
from handlers.notices.channels import CLOSED, REMINDED, Do, Refusal
from storage.chat import follower, window
from storage.notices.parcel import Parcel, Subject, Topic

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PHONE = "oReporterOne0000000000000001"


@pytest.fixture
def usable(ask):
    return lambda: ask(lambda tx: window.usable(tx, follower.sender_of(tx, PHONE)))


@pytest.fixture
def use(service):
    def times(count):
        for _ in range(count):
            service.db.write(lambda tx: window.use(tx, follower.sender_of(tx, PHONE)))

    return times


ACTS = [
    ("message", lambda phone: phone.say("帮助"), 5, timedelta(hours=48)),
    ("message", lambda phone: phone.picture("m1"), 5, timedelta(hours=48)),
    ("follow", lambda phone: phone.event("subscribe"), 3, timedelta(minutes=1)),
    ("follow", lambda phone: phone.event("subscribe", "qrscene_12"), 3, timedelta(minutes=1)),
    ("menu", lambda phone: phone.event("CLICK", "help"), 3, timedelta(minutes=1)),
    ("menu", lambda phone: phone.event("scancode_push", "k"), 3, timedelta(minutes=1)),
    ("menu", lambda phone: phone.event("scancode_waitmsg", "k"), 3, timedelta(minutes=1)),
    ("scan", lambda phone: phone.event("SCAN", "1"), 3, timedelta(minutes=1)),
]


@pytest.mark.parametrize(("cause", "doing", "count", "span"), ACTS)
def test_what_a_person_does_opens_a_window_for_so_many_messages(phone, usable, use, cause, doing, count, span):
    doing(phone)
    use(count - 1)
    assert usable() == cause
    use(1)
    assert usable() is None


@pytest.mark.parametrize(("cause", "doing", "count", "span"), ACTS)
def test_a_window_closes_in_time_and_a_little_before_the_platform_does(phone, clock, usable, cause, doing, count, span):
    doing(phone)
    clock.advance(seconds=span.total_seconds() - 7)
    assert usable() == cause
    clock.advance(seconds=5)
    assert usable() is None


@pytest.mark.parametrize("name", ["VIEW", "LOCATION", "unsubscribe", "pic_weixin", "subscribe_msg_popup_event"])
def test_other_events_open_none(phone, usable, name):
    phone.event(name, "x")
    assert usable() is None


def test_a_new_message_opens_a_new_window(phone, clock, usable, use):
    phone.say("帮助")
    use(5)
    clock.advance(hours=47)
    phone.say("帮助")
    clock.advance(hours=47)
    use(4)
    assert usable() == "message"


def test_the_window_that_closes_soonest_is_used_first(phone, usable, use):
    phone.say("帮助")
    phone.event("CLICK", "help")
    use(3)
    assert usable() == "message"


def test_windows_are_their_persons_own_and_go_with_them(phone, other_phone, usable):
    other_phone.say("帮助")
    assert usable() is None
    phone.say("帮助")
    phone.event("unsubscribe")
    assert usable() is None


ALL = ("customer", "subscription", "template")
QUOTA, WINDOW = Refusal("quota", "额度用完"), Refusal("window", "已关闭")
SHORT = {"text": "已办结", "stage": "已办结"}


@pytest.mark.parametrize(
    ("given", "opened", "tried", "step"),
    [
        ({}, ALL, {}, (Do.SEND, "customer")),
        ({}, ALL[1:], {}, (Do.SEND, "subscription")),
        ({}, ALL, {"customer": WINDOW}, (Do.SEND, "subscription")),
        ({"bounced": ("subscription",)}, ALL[1:], {}, (Do.SEND, "template")),
        ({"payload": {"text": "第二部分"}}, ALL[1:], {}, (Do.HOLD, CLOSED)),
        ({"reminded": "subscription"}, ALL[1:], {}, (Do.HOLD, REMINDED)),
        ({}, (), {}, (Do.HOLD, CLOSED)),
        ({}, ALL[:1], {"customer": WINDOW}, (Do.HOLD, "已关闭")),
        ({}, ALL[:1], {"customer": QUOTA}, (Do.LATER, "额度用完")),
        ({}, ALL, dict.fromkeys(ALL, WINDOW) | {"template": QUOTA}, (Do.LATER, "已关闭")),
        ({"way": "customer"}, ALL, {}, (Do.DOUBT, "customer")),
        ({"way": "customer", "payload": SHORT | {"insist": "1"}}, ALL, {}, (Do.SEND, "customer")),
        ({"way": "template", "tried_at": NOW - timedelta(minutes=8)}, ALL, {}, (Do.SEND, "template")),
        ({"way": "template", "tried_at": NOW - timedelta(minutes=9)}, ALL, {}, (Do.DOUBT, "template")),
        ({"way": "template", "tried_at": NOW}, ALL, {"template": WINDOW}, (Do.SEND, "customer")),
    ],
)
def test_what_comes_next_with_a_notice(given, opened, tried, step):
    parcel = replace(Parcel("1", "notice", Subject(Topic.REWARD, "1"), "o1", SHORT, 0, False, NOW), **given)
    found = channels.next_step(parcel, opened, tried, NOW)
    assert (found.do, found.channel.name if found.channel else found.reason) == step
