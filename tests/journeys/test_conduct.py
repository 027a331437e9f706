"""How the account behaves: it answers questions with the law, says when people are back, and keeps nothing unasked."""

import re

from handlers.submissions import hints
from storage.submissions import submission

REPORT = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉"


def say(town, text, phone="a"):
    return town.platform.say(phone, text).reply.text


def test_a_question_is_answered_with_its_legal_basis_and_the_day_it_was_checked(town):
    town.platform.follow("a")
    answer = say(town, "买到过期食品能赔多少钱")
    assert "第一百四十八条" in answer
    assert re.search(r"20\d\d-\d\d-\d\d核对", answer)


def test_a_question_in_the_middle_of_a_report_is_answered_and_the_report_goes_on(town):
    town.platform.follow("a")
    say(town, "举报")
    say(town, "跳过")
    answer = say(town, "老板会知道是我举报的吗？")
    assert "不会告诉商家" in answer
    assert answer.splitlines()[-1].endswith("【店名】")


def test_at_night_and_on_a_holiday_it_says_when_somebody_is_back(town):
    town.platform.follow("a")
    assert "上班" not in say(town, REPORT)
    town.clock.advance(hours=14)
    assert "明天（周二）" in say(town, REPORT)
    town.clock.now = town.clock.now.replace(month=10, day=3)
    assert "10月8日" in say(town, REPORT)


def test_where_a_phone_is_is_not_kept_unless_it_is_sent_on_purpose(town):
    town.platform.follow("a")
    event = {"MsgType": "event", "Event": "LOCATION", "Latitude": "34.53", "Longitude": "113.39", "Precision": "10"}
    with town.service.db.read() as tx:
        before = tx.value("select count(*) from inbox")
    town.platform.deliver("a", event)
    with town.service.db.read() as tx:
        assert tx.value("select count(*) from inbox") == before


def test_many_of_one_person_are_all_taken_and_only_hinted_at(town):
    town.platform.follow("a")
    for _ in range(6):
        assert "编号" in say(town, REPORT)
    with town.service.db.read() as tx:
        found = list(submission.every(tx))
        assert len(found) == 6
        assert "6件" in hints.of(tx, found[-1])[0]
