"""From a tip without a name to the money at the window: the code on the phone is all that is asked."""

import re

from handlers import rewards
from storage import reward
from storage.people.staff import Role

WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉"
CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}")


def take(town, number, name, staff, **values):
    def run(tx):
        seen = reward.find(tx, number).version
        return rewards.move(tx, town.service.office, number, name, staff=staff, version=seen, values=values)

    return town.service.db.write(run)


def test_a_reporter_without_a_name_fetches_the_reward_with_the_code_alone(town, hire, conclude):
    officer, leader = hire("chen", Role.INTAKE, Role.OFFICER), hire("zhou", Role.LEADER)
    town.platform.follow("a")
    number = re.search(r"SA\d{8}-\d{4,}", town.platform.say("a", WHOLE).reply.text)[0]
    conclude(number, officer, "查实，罚没20万元")
    town.work()
    assert "回复“奖励”" in town.screen("a")[-1]
    assert number in town.platform.say("a", "奖励").reply.text
    town.platform.say("a", f"奖励 {number}")
    assert number in town.platform.say("a", "是").reply.text
    take(town, number, "reward_grade", officer, level="2", base="200000")
    take(town, number, "reward_approve", leader, limb="fine")
    town.work(rounds=2)
    told = [text for text in town.screen("a") if CODE.search(text)]
    assert len(told) == 1
    assert "6000.00 元" in told[0]
    assert take(town, number, "reward_verify", officer, code=CODE.search(told[0])[0]).state == "claimable"
    take(town, number, "reward_pay", officer, voucher="P-7")
    town.work(rounds=2)
    assert "已于" in town.screen("a")[-1]
    assert "已发放" in town.platform.say("a", f"奖励 {number}").reply.text


def test_a_code_that_finds_no_open_way_comes_with_the_next_answer_and_only_once(town, hire, conclude):
    officer, leader = hire("chen", Role.INTAKE, Role.OFFICER), hire("zhou", Role.LEADER)
    town.platform.follow("a")
    number = re.search(r"SA\d{8}-\d{4,}", town.platform.say("a", WHOLE).reply.text)[0]
    conclude(number, officer, "查实，罚没20万元")
    town.platform.say("a", f"奖励 {number}")
    town.platform.say("a", "是")
    town.clock.advance(days=3)
    take(town, number, "reward_grade", officer, level="3", base="0")
    take(town, number, "reward_approve", leader, limb="fine")
    town.work(rounds=3)
    assert not any(CODE.search(text) for text in town.screen("a"))
    assert CODE.search(town.platform.say("a", "进度").reply.text)
    assert not CODE.search(town.platform.say("a", "进度").reply.text)
