"""Every route is reached, and every kind of message is answered as docs/messages.md says, by the real webhook."""

import re
from collections import Counter

import pytest

from docs.draw import drawn
from handlers.chat.routes import ROUTES
from handlers.notices import alarms
from handlers.people import binding
from storage.people.staff import Role
from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
ROWS = {row[0]: row[1:] for row in re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", DOCUMENT, re.M)}
MESSAGES = {
    "text": ({"Content": "帮助"}, "举报"),
    "image": ({"MediaId": "m1", "PicUrl": "http://mmbiz.example/1"}, None),
    "voice": ({"MediaId": "m2", "Format": "amr"}, "SA2026"),
    "video": ({"MediaId": "m3", "ThumbMediaId": "t"}, None),
    "shortvideo": ({"MediaId": "m4", "ThumbMediaId": "t"}, None),
    "location": ({"Location_X": "34.53", "Location_Y": "113.39", "Label": "新密市青屏大街"}, "店名"),
    "link": ({"Title": "老王熟食店卖过期卤肉", "Description": "", "Url": "https://example.com/1"}, "举报"),
    "miniprogrampage": ({"Title": "t", "AppId": "a", "PagePath": "p"}, "帮助"),
}
EVENTS = {
    "subscribe": ({}, "欢迎"),
    "unsubscribe": ({}, None),
    "SCAN": ({"EventKey": "1"}, "举报"),
    "CLICK": ({"EventKey": "help"}, "举报"),
    "VIEW": ({"EventKey": "https://example.com"}, None),
} | dict.fromkeys(
    (
        "view_miniprogram",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
        "subscribe_msg_popup_event",
        "subscribe_msg_change_event",
        "subscribe_msg_sent_event",
        "TEMPLATESENDJOBFINISH",
        "MASSSENDJOBFINISH",
        "PUBLISHJOBFINISH",
        "FREEPUBLISHJOBFINISH",
        "user_info_modified",
        "user_authorization_revoke",
        "qualification_verify_success",
        "qualification_verify_fail",
        "naming_verify_success",
        "naming_verify_fail",
        "annual_renew",
        "verify_expired",
    ),
    ({}, None),
)
DOUBTFUL = "吃完肚子有点不舒服"
NOTED = ("qualification_verify_success", "naming_verify_fail", "annual_renew", "verify_expired")


@pytest.fixture
def talking(phone):
    phone.say("举报")


@pytest.fixture
def asked(phone, tip):
    tip()
    phone.say("补充")


@pytest.fixture
def conditions_shown(phone, tip, act, hire, conclude):
    officer, number = hire("chen", Role.INTAKE, Role.OFFICER), tip().number
    act(number, "register", officer)
    conclude(number, officer, "查实，已处罚")
    phone.say(f"奖励 {number}")


@pytest.fixture
def bound(service, phone, hire):
    hire("wang", Role.LEADER)
    phone.say(f"绑定 {service.db.write(lambda tx: binding.offer(tx, 'wang'))}")


@pytest.fixture
def called(service, bound, other_phone, stored):
    other_phone.say("救命，我在夜市吃了烧烤，现在好多人都在吐，有人昏迷了")
    service.db.write(lambda tx: alarms.raise_alarm(tx, service.office, stored()[0]))
    service.db.write(lambda tx: alarms.call_due(tx, service.office))


@pytest.fixture
def doubted(phone):
    phone.say(DOUBTFUL)


BEFORE = {
    "resolving.answered": "doubted",
    "staff.unbind": "bound",
    "staff.confirmed": "called",
    "followup.answered": "asked",
    "rewards.confirm": "conditions_shown",
    "guided.go_on": "talking",
}
"""What must have happened before the sample of a route can reach it."""


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route}-{min(route.keys, default='any')}")
def test_the_sample_of_a_route_reaches_it_and_no_other(phone, caplog, request, route):
    if str(route) in BEFORE:
        request.getfixturevalue(BEFORE[str(route)])
    caplog.set_level("DEBUG", "shian.chat")
    phone.send(**route.sample)
    assert [record.args[1] for record in caplog.records if record.name == "shian.chat"] == [route]


def test_no_word_and_no_kind_has_two_owners():
    owners = Counter(key for route in ROUTES for key in route.keys)
    assert [key for key, count in owners.items() if count > 1] == []


def test_the_help_tells_every_word_that_it_should(phone):
    told = phone.say("帮助")
    for route in ROUTES:
        if route.words and route.in_help:
            assert any(re.search(rf"(?<!\w){word}(?!\w)", told) for word in route.words), f"{route} is not in help.txt"


def test_the_document_is_drawn_from_the_routes():
    assert drawn() == DOCUMENT, "docs/messages.md is not what ROUTES say: `python -m docs.draw` rewrites it"


def test_the_table_names_every_kind_and_no_other():
    assert set(ROWS) == set(MESSAGES) | set(EVENTS)


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_message_is_answered_as_the_table_says(phone, kind):
    fields, answer = MESSAGES[kind]
    reply = phone.send(MsgType=kind, **fields)
    assert reply is None if answer is None else answer in reply
    assert ("summary" in ROWS[kind][1]) is (answer is None)


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_is_answered_as_the_table_says(phone, kind):
    fields, answer = EVENTS[kind]
    reply = phone.send(MsgType="event", Event=kind, **fields)
    assert reply is None if answer is None else answer in reply
    assert (ROWS[kind][1] == "nothing") is (answer is None)


@pytest.mark.parametrize("kind", ["text", "image", "miniprogrampage", "hardware"])
def test_whatever_comes_is_kept(phone, ask, kind):
    phone.send(MsgType=kind, MediaId="m", Content="x")
    assert ask(lambda tx: tx.value("select count(*) from inbox where state = 'handled'")) == 1


def test_where_somebody_is_leaves_no_trace_when_nobody_asked(phone, ask):
    phone.event("LOCATION")
    assert ask(lambda tx: tx.value("select count(*) from inbox")) == 0


@pytest.mark.parametrize("event", NOTED)
def test_what_the_platform_says_of_the_account_reaches_the_administrator(phone, audited, event):
    phone.send(MsgType="event", Event=event, ExpiredTime="1442401156", FailReason="材料不全")
    assert audited()[-1] == "account"


def test_a_location_asks_the_next_question_and_keeps_the_degrees(phone, stored):
    phone.send(MsgType="location", Location_X="34.53", Location_Y="113.39", Label="新密市青屏大街")
    for text in ("老王熟食店", "卤肉发臭", "提交"):
        phone.say(text)
    (report,) = stored()
    assert (report.address, report.latitude, report.longitude) == ("新密市青屏大街", "34.53", "113.39")


def test_a_location_that_is_none_is_not_taken_for_one(phone, stored):
    phone.send(MsgType="location", Location_X="inf", Location_Y="x", Label="某地")
    for text in ("老王熟食店", "卤肉发臭", "提交"):
        phone.say(text)
    assert stored()[0].latitude == ""
