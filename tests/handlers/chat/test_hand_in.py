"""How answers and emergencies become submissions, and what is said with their numbers."""

import re
from dataclasses import replace

import pytest

from handlers.chat import hand_in
from handlers.chat.context import Context
from handlers.chat.message import Message
from handlers.chat.routing import TABLE
from handlers.registers import businesses
from storage.submissions import identity as identities
from storage.submissions.submission import Kind

FED = "孩子刚吃完育才幼儿园的午饭就上吐下泻，现在喘不上气"
WHOLE = "举报 店名：{} 地址：青屏大街12号 问题：卖过期卤肉"


def last_line(text):
    return text.splitlines()[-1]


def numbers(text):
    return re.findall(r"SA\d{8}-\d{4,}", text)


def test_a_message_that_holds_both_becomes_two_that_know_each_other(phone, stored):
    reply = phone.say("举报王记烩面用地沟油，要求你们查处，另外我吃坏了肚子，要求退款赔偿500元")
    assert "举报和投诉" in reply
    for text in ("西大街", "跳过", "张三", "13812345678", "青屏街1号院", "提交"):
        reply = phone.say(text)
    report, complaint = stored()
    assert numbers(reply) == [report.number, complaint.number]
    assert (report.kind, complaint.kind) == ("report", "complaint")
    assert (report.sibling, complaint.sibling) == (complaint.number, report.number)
    assert (report.demand, complaint.demand) == ("", "要求退款赔偿500元")


def test_a_labelled_report_that_asks_for_money_is_stored_and_the_complaint_need_not_repeat_it(phone, stored):
    reply = phone.say("举报 店名：好又多超市 地址：西大街3号 问题：卖给我过期牛奶，要求退款并赔偿一千元")
    assert len(numbers(reply)) == 1
    assert "要退款赔偿" in reply
    assert "诉求" in last_line(phone.say("投诉"))
    for text in ("退款", "跳过", "张三", "13812345678", "青屏街1号院", "提交"):
        phone.say(text)
    report, complaint = stored()
    assert (report.sibling, complaint.sibling) == (complaint.number, report.number)
    assert complaint.merchant == "好又多超市"


def test_an_emergency_is_stored_at_once_with_what_to_do_first(phone, stored):
    reply = phone.say(FED)
    assert reply.startswith("请马上拨打120")
    assert "12315" in reply
    (report,) = stored()
    assert numbers(reply) == [report.number]
    assert report.urgency == 2
    assert report.description == FED


def test_one_event_of_one_person_is_one_case_however_many_messages(phone, stored):
    phone.say(FED)
    assert "120" in phone.say("又有三个孩子晕倒了，抽搐")
    assert len(stored()) == 1


def test_a_matter_that_is_no_food_is_recorded_too_and_told_where_it_goes(phone, stored):
    phone.say("在鑫源家电买的冰箱不制冷修了三回，我要换新的")
    for text in ("嵩山大道", "换新", "跳过", "张三", "13812345678", "青屏街1号院"):
        phone.say(text)
    reply = phone.say("提交")
    assert "不像食品问题" in reply
    assert not stored()[0].food


def test_an_agent_says_for_whom_and_is_told_what_the_law_wants_of_them(phone, stored, ask):
    for text in ("投诉", "好又多超市", "西大街", "买到过期牛奶", "退款", "跳过"):
        phone.say(text)
    assert "姓名" in last_line(phone.say("代 李大娘"))
    for text in ("张三", "13812345678", "青屏街1号院", "提交"):
        reply = phone.say(text)
    assert "授权委托书" in reply
    (complaint,) = stored()
    assert any("委托" in reason for reason in complaint.reasons)
    assert ask(lambda tx: identities._of(tx, complaint.id)).principal == "李大娘"


def test_what_was_bought_online_needs_no_street_and_asks_for_the_order(phone, stored):
    for text in ("举报", "跳过", "某某零食旗舰店", "拼多多 某某零食旗舰店", "卖的是三无产品"):
        phone.say(text)
    assert "订单截图" in phone.say("提交")
    assert stored()[0].online == "拼多多"


def test_what_is_elsewhere_is_recorded_and_told_who_will_treat_it(phone, stored):
    reply = phone.say("举报 店名：老王熟食店 地址：登封市少林大道12号 问题：卖过期卤肉")
    assert "登封" in reply
    assert "移送" in reply
    assert stored()[0].outside


@pytest.mark.parametrize(("merchant", "known"), [("新密市老王熟食店", True), ("老王", False)])
def test_only_a_name_that_is_certain_is_tied_to_the_register(phone, service, stored, merchant, known):
    row = {"name": "新密市老王熟食店", "code": "", "township": ""}
    service.db.write(lambda tx: businesses.put(tx, row, service.office.region))
    phone.say(WHOLE.format(merchant))
    assert bool(stored()[0].business) is known


def test_an_emergency_without_a_place_asks_where_and_one_with_a_place_does_not(phone):
    assert "在哪里" in phone.say("孩子上吐下泻喘不上气，快来")
    assert "在哪里" not in phone.say("孩子刚在青屏大街老王熟食店吃完卤肉，上吐下泻喘不上气")


@pytest.mark.parametrize(("minutes", "asked"), [(5, "诉求"), (15, "店名")])
def test_a_complaint_takes_over_what_a_report_said_only_for_a_while(phone, clock, minutes, asked):
    phone.say("举报 店名：好又多超市 地址：西大街3号 问题：卖给我过期牛奶，要求退款并赔偿一千元")
    clock.advance(minutes=minutes)
    assert asked in last_line(phone.say("投诉"))


@pytest.fixture
def submit(service):
    """Submit answers outside a talk, as an office with this template would; the reply."""

    def one(template="", **answers):
        def store(tx):
            office = replace(service.office, subscribe_template=template)
            return hand_in.submit(
                Context(tx, office, Message("o1", "gh", "text", "1", "2", {}), TABLE.vocabulary, TABLE.take),
                [Kind.REPORT],
                answers,
            )

        return service.db.write(store).text

    return one


def test_the_consent_to_a_notice_is_asked_for_only_where_a_notice_can_be_sent(submit):
    assert "/notify/" not in submit(problem="肉臭")
    assert "http://127.0.0.1:8000/notify/" in submit("template-1", problem="肉臭")


def test_a_report_keeps_no_demand_and_a_number_of_the_register_that_was_chosen(submit, stored):
    submit(problem="肉臭", demand="退款", business="b1")
    assert (stored()[0].demand, stored()[0].business) == ("", "b1")


def test_pictures_that_came_shortly_before_are_told_with_the_number(phone, clock):
    phone.picture("early")
    clock.advance(minutes=15)
    phone.picture("m1")
    phone.picture("m2")
    assert "随附材料：2件" in phone.say(WHOLE.format("老王熟食店"))
