"""Somebody who has read nothing writes in their own words, and is understood to the end."""

import re

from bot.simulator.samples import photo
from handlers.notices import alarms
from handlers.registers import businesses
from handlers.submissions import desk
from storage.people.staff import Role
from storage.submissions import evidence, submission

ROTTEN = "昨天在青屏大街老王熟食店买的卤肉都臭了，你们查查"
FED = "孩子刚吃完育才幼儿园的午饭就上吐下泻，现在喘不上气"


def numbers(text):
    return re.findall(r"SA\d{8}-\d{4,}", text)


def stored(town, number):
    with town.service.db.read() as tx:
        return submission.get(tx, number)


def say(town, *texts):
    for text in texts:
        reply = town.platform.say("a", text).reply.text
    return reply


def test_a_sentence_becomes_a_report_with_its_business_picture_and_township(town):
    values = {
        "name": "新密市老王熟食店",
        "code": "",
        "kind": "",
        "address": "青屏大街12号",
        "township": "",
        "status": "",
    }
    town.service.db.write(lambda tx: businesses.put(tx, values, town.service.office.region))
    town.platform.follow("a")
    reply = say(town, ROTTEN)
    assert "老王熟食店" in reply
    assert reply.splitlines()[-1].endswith("【照片】")
    town.platform.picture("a", photo())
    town.platform.location("a", 34.53, 113.39, "新密市青屏大街12号")
    (number,) = numbers(say(town, "提交"))
    town.work(rounds=3)
    made = stored(town, number)
    assert (made.merchant, made.product, made.township) == ("老王熟食店", "卤肉", "青屏街街道")
    assert made.business
    with town.service.db.read() as tx:
        assert [file.state for file in evidence.of(tx, made.id)] == ["stored"]


def test_what_holds_both_becomes_two_and_each_is_told_apart_in_progress(town):
    town.platform.follow("a")
    say(town, "举报王记烩面用地沟油，要求你们查处，另外我吃坏了肚子，要求退款赔偿500元")
    last = say(town, "西大街", "赔偿500元", "跳过", "张三", "13812345678", "青屏街1号院", "对的")
    report, complaint = numbers(last)
    assert (stored(town, report).kind, stored(town, complaint).kind) == ("report", "complaint")
    listed = say(town, "进度")
    assert report in listed
    assert complaint in listed


def test_an_emergency_at_night_is_stored_at_once_and_calls_the_officer_on_duty(town, hire):
    leader = hire("lingdao", Role.LEADER)
    town.clock.advance(hours=14)
    town.platform.follow("a")
    reply = say(town, FED)
    (number,) = numbers(reply)
    assert reply.startswith("请马上拨打120")
    town.work(rounds=3)
    with town.service.db.read() as tx:
        assert [ringing.alarm.number for ringing in alarms.ringing(tx, leader)] == [number]


def test_the_official_number_reaches_the_phone(town, hire):
    clerk = hire("wang", Role.INTAKE)
    town.platform.follow("a")
    (number,) = numbers(say(town, "举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉"))
    values = {"external_number": "14101830002026112300001", "external_at": "2026-11-23 10:20"}
    town.service.db.write(
        lambda tx: desk.move(tx, town.service.office, number, "register", staff=clerk, version=1, values=values)
    )
    town.work()
    assert values["external_number"] in town.screen("a")[-1]
    assert values["external_number"] in say(town, "进度")


def test_outside_the_region_it_is_recorded_and_waits_for_referral(town):
    town.platform.follow("a")
    reply = say(town, "举报 店名：老王熟食店 地址：登封市少林大道12号 问题：卖过期卤肉")
    assert "移送并告诉您" in reply
    with town.service.db.read() as tx:
        assert [row["kind"] for row in tx.all("select kind from task")] == ["refer"]
