"""An emergency at night: the officer on duty is called, then the next, until somebody answers for it."""

import hmac
import json
import logging
import sys
from datetime import date, timedelta

import pytest

from handlers.notices import alarms, roster
from storage import audit
from storage.notices import alarm, outbox
from storage.people import contact
from tests.journeys.night import EMERGENCY, IDENTITY, SECRET, SMS, Night


@pytest.fixture
def sms(tmp_path):
    """A command of the office, and what it was given."""
    log = tmp_path / "sms.log"
    script = tmp_path / "sms.py"
    script.write_text(SMS.format(log=str(log)), encoding="utf-8")

    def given() -> list[dict]:
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []

    given.command = (sys.executable, str(script))
    return given


@pytest.fixture
def night(town, hire):
    return Night(town, hire)


def test_without_an_answer_in_ten_minutes_the_next_one_is_called_and_the_leader_last(night, town):
    night.on_duty("wang", "li")
    night.bind("wang", "li", "zhang")
    number = night.emergency()
    town.work(rounds=2)
    assert [night.rings(name) for name in ("wang", "li", "zhang")] == [1, 0, 0]
    said = town.screen("wang")[-1]
    for part in (number, "阳光幼儿园食堂", "新密市西大街", "有人正在发病", f"/console/submissions/{number}", "“收到”"):
        assert part in said
    town.clock.advance(minutes=9)
    town.work()
    assert night.rings("li") == 0
    town.clock.advance(minutes=1)
    town.work()
    assert [night.rings(name) for name in ("wang", "li", "zhang")] == [1, 1, 0]
    town.clock.advance(minutes=10)
    town.work()
    assert [night.rings(name) for name in ("wang", "li", "zhang")] == [1, 1, 1]
    assert not night.alarm(number).unanswered
    town.clock.advance(minutes=10)
    town.work(rounds=2)
    assert [night.rings(name) for name in ("wang", "li", "zhang")] == [2, 1, 1]
    assert night.alarm(number).unanswered
    titles = [title for title in night.titles(number)[1:] if title != "已告知提交人"]
    assert titles == ["紧急警报", *["紧急呼叫"] * 3, "无人响应", "紧急呼叫"]


def test_whoever_answers_first_has_it_and_the_others_are_told(night, town):
    night.on_duty("wang", "li")
    night.bind("wang", "li", "zhang")
    number = night.emergency()
    town.work()
    town.clock.advance(minutes=10)
    town.work()
    assert number in town.platform.say("li", "收到。").reply.text
    town.work()
    assert f"{number} 的紧急警报已由li确认" in town.screen("wang")[-1]
    assert "已由li确认" in town.platform.say("wang", "收到").reply.text
    town.clock.advance(hours=3)
    town.work(rounds=3)
    assert [night.rings(name) for name in ("wang", "li", "zhang")] == [1, 1, 0]
    found = night.alarm(number)
    assert (found.open, found.acknowledged_by) == (False, "li")
    assert "确认紧急警报" in night.titles(number)
    with town.service.db.read() as tx:
        actions = [row.action for row in audit.rows(tx) if row.subject == number]
    assert [action for action in actions if action.startswith("alarm")] == [
        "alarm_raise",
        "alarm_call",
        "alarm_call",
        "alarm_acknowledge",
    ]


def test_the_word_of_those_who_were_not_called_is_ordinary_text(night, town):
    night.on_duty("wang")
    night.bind("wang", "li")
    number = night.emergency()
    town.work()
    for phone in ("li", "citizen"):
        assert number not in (town.platform.say(phone, "收到").reply.text)
    assert night.alarm(number).open


def test_one_word_answers_for_every_alarm_of_that_officer(night, town):
    night.on_duty("wang")
    night.bind("wang")
    numbers = [night.emergency(EMERGENCY.replace("西大街", f"西大街{n}号"), phone=f"citizen{n}") for n in range(3)]
    town.work()
    reply = town.platform.say("wang", "收到").reply.text
    assert all(number in reply for number in numbers)


def test_webhook_and_command_are_told_and_know_nothing_of_the_citizen(night, town, listener, sms, caplog):
    caplog.set_level(logging.DEBUG, "shian")
    night.configure(webhook=listener.url, webhook_secret=SECRET, command=sms.command)
    night.on_duty("wang", "li")
    town.service.db.write(lambda tx: roster.set_phone(tx, "wang", "13700001111", staff=night.staff["zhang"]))
    number = night.emergency()
    town.work(rounds=2)
    ((facts, body, signature),) = listener.got
    assert signature == "sha256=" + hmac.digest(SECRET.encode(), body, "sha256").hex()
    assert (facts["number"], facts["officer"], facts["call"]) == (number, "wang", 1)
    assert "phones" not in facts
    (given,) = sms()
    assert given["phones"] == ["13700001111"]
    assert number in given["text"]
    everything = body.decode() + json.dumps(given, ensure_ascii=False) + caplog.text
    for secret in (*IDENTITY, town.platform.openid("citizen")):
        assert secret not in everything
    assert "13700001111" not in caplog.text
    assert SECRET not in caplog.text


def test_with_nobody_bound_the_webhook_alone_goes_round_and_hears_of_the_answer(night, town, listener):
    night.configure(webhook=listener.url)
    night.on_duty("wang", "li")
    number = night.emergency()
    town.work()
    for _ in range(3):
        town.clock.advance(minutes=10)
        town.work()
    assert listener.told() == ["wang", "li", "zhang", "wang"]
    assert [facts["unanswered"] for facts, _, _ in listener.got] == [False, False, False, True]
    assert listener.got[0][2] == ""
    night.acknowledge(number, "li")
    town.work()
    assert listener.told("acknowledged") == ["li"]


def test_an_empty_roster_calls_the_leaders_at_once(night, town):
    night.bind("wang", "zhang")
    number = night.emergency()
    town.work()
    assert [night.rings("wang"), night.rings("zhang")] == [0, 1]
    assert night.alarm(number).open


def test_whoever_cannot_be_reached_is_not_waited_for(night, town):
    night.on_duty("wang", "li")
    night.bind("li")
    number = night.emergency()
    town.work()
    assert night.rings("li") == 1
    with town.service.db.read() as tx:
        assert [(call.staff, call.means) for call in alarm.calls(tx, night.alarm(number).id)] == [
            ("wang", ()),
            ("li", (alarms.WECHAT,)),
        ]


def test_where_every_wechat_is_closed_the_round_ends_and_waits(night, town):
    night.bind("wang", "li")
    town.clock.advance(hours=49)
    night.on_duty("wang", "li")
    number = night.emergency()
    town.work(rounds=20)
    assert night.titles(number).count("紧急呼叫") == 3
    assert not night.alarm(number).unanswered


def test_where_nobody_can_be_reached_it_is_noted_once_a_round_and_not_every_second(night, town):
    number = night.emergency()
    town.work(rounds=20)
    assert night.titles(number).count("紧急呼叫") == 1


@pytest.mark.parametrize("kind", ["notice", alarms.WEBHOOK, alarms.COMMAND])
def test_a_worker_killed_between_telling_and_noting_tells_again(night, town, listener, sms, kind):
    night.configure(webhook=listener.url, command=sms.command)
    night.on_duty("wang")
    night.bind("wang")
    night.emergency()
    service = town.service
    service.db.write(lambda tx: alarms.call_due(tx, service.office))
    assert service.db.write(lambda tx: outbox.claim(tx, kind)) is not None
    town.work()
    town.clock.advance(seconds=15)
    town.work()
    assert night.rings("wang") == len(listener.told()) == len(sms()) == 1


def test_after_hours_of_standstill_the_next_call_comes_at_once(night, town):
    night.on_duty("wang", "li")
    night.bind("wang", "li")
    night.emergency()
    town.work()
    town.clock.advance(hours=2)
    town.work()
    assert [night.rings("wang"), night.rings("li")] == [1, 1]


def test_one_way_that_fails_stops_no_other_and_is_seen(night, town, listener):
    night.configure(webhook=listener.url, command=("/no/such/command",))
    night.on_duty("wang")
    night.bind("wang")
    listener.statuses = [500, 302]
    number = night.emergency()
    town.work()
    assert night.rings("wang") == 1
    with town.service.db.read() as tx:
        errors = {row["kind"]: row["error"] for row in outbox.troubles(tx)}
    assert "HTTP 500" in errors[alarms.WEBHOOK]
    assert "不能启动" in errors[alarms.COMMAND]
    town.work(rounds=6, seconds=5)
    assert listener.told() == ["wang"] * 3
    night.acknowledge(number, "wang")
    town.work(rounds=2, seconds=40)
    assert listener.told("acknowledged") == ["wang"]


def test_an_officer_who_wrote_too_long_ago_is_not_waited_for_and_shown_as_not_told(night, town):
    night.bind("wang", "li")
    town.clock.advance(hours=49)
    town.platform.say("li", "帮助")
    night.on_duty("wang", "li")
    number = night.emergency()
    town.work(rounds=3)
    assert [night.rings("wang"), night.rings("li")] == [0, 1]
    assert night.titles(number)[-3:] == ["紧急呼叫", "没有通知到", "紧急呼叫"]
    with town.service.db.read() as tx:
        (row,) = [row for row in outbox.troubles(tx) if row["topic"] == "alarm"]
    assert row["state"] == "held"
    assert number in town.platform.say("wang", "帮助").reply.text


def test_the_leaders_hear_once_a_day_ahead_that_nobody_is_on_the_roster(night, town):
    night.on_duty("wang")
    night.bind("zhang")
    town.work(rounds=2)
    town.clock.advance(hours=2)
    town.work(rounds=2)
    tomorrow = (date(2026, 11, 23) + timedelta(days=1)).isoformat()
    assert sum(f"{tomorrow} 还没有排班" in text for text in town.screen("zhang")) == 1


def test_an_officer_who_leaves_the_account_is_not_bound_any_more(night, town):
    night.bind("wang")
    town.platform.unfollow("wang")
    with town.service.db.read() as tx:
        assert contact.bindings(tx) == {}
