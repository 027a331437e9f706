"""Nobody types commands: what becomes of plain words."""

import re

import pytest

ROTTEN = "昨天在青屏大街老王熟食店买的卤肉都臭了，你们查查"
REFUND = "在好又多超市买的牛奶过期了，老板不认账，我要求退款"


def last_line(text):
    return text.splitlines()[-1]


def numbers(text):
    return re.findall(r"SA\d{8}-\d{4,}", text)


def test_a_report_in_plain_words_begins_with_what_was_said(phone, stored):
    reply = phone.say(ROTTEN)
    assert "举报：老王熟食店，青屏大街" in reply
    assert "青屏大街" in reply
    assert stored() == []
    assert numbers(phone.say("提交"))
    (report,) = stored()
    assert (report.kind, report.merchant, report.description) == ("report", "老王熟食店", ROTTEN)
    assert report.category == "online_offline"


def test_only_what_was_not_said_is_asked(phone):
    assert "地址" in last_line(phone.say("老王熟食店卖的卤肉都臭了"))
    assert "照片" in last_line(phone.say("青屏大街12号"))


def test_what_was_misunderstood_is_corrected_in_plain_labels(phone, stored):
    phone.say(ROTTEN)
    reply = phone.say("店名：老汪熟食店 地址：西大街3号")
    assert "已改好：店名、地址" in reply
    phone.say("提交")
    (report,) = stored()
    assert (report.merchant, report.address) == ("老汪熟食店", "西大街3号")


def test_a_claim_for_money_is_a_complaint_and_asks_for_the_identity(phone, stored):
    assert "投诉" in phone.say(REFUND)
    assert "缺少" in phone.say("提交")
    for text in ("西大街", "没有", "张三", "13812345678", "青屏街1号院"):
        reply = phone.say(text)
    assert "提交" in last_line(reply)
    assert len(numbers(phone.say("对的"))) == 1
    assert stored()[0].kind == "complaint"


def test_whoever_wants_only_one_of_both_says_so(phone, stored):
    phone.say("举报王记烩面用地沟油，要求你们查处，另外我吃坏了肚子，要求退款赔偿500元")
    assert "改为举报" in phone.say("举报")
    phone.say("西大街")
    phone.say("提交")
    (report,) = stored()
    assert report.kind == "report"
    assert not report.named


def test_words_after_a_submission_belong_to_it(phone, stored):
    phone.say("举报 店名：老王熟食店 地址：青屏大街 问题：肉臭")
    assert "SA20261123-0001" in phone.say("他家后厨老鼠乱跑，肉也不放冰箱")
    assert len(stored()) == 1


def test_another_business_is_another_matter(phone, stored):
    phone.say("举报 店名：老王熟食店 地址：青屏大街 问题：肉臭")
    assert "地址" in last_line(phone.say("李记烧饼店用的油是黑的，你们去查查"))


def test_an_officials_conduct_goes_into_the_sealed_box_and_nowhere_else(phone, stored, ask):
    reply = phone.say("你们所长收了人家的烟酒，一直护着不查")
    assert "12388" in reply
    assert stored() == []
    assert phone.say("进度").startswith("没有查到")


def test_the_food_part_of_it_goes_on_as_a_report_without_the_official(phone, stored):
    reply = phone.say("你们所长收钱不查，王记烩面用地沟油炒菜")
    assert "12388" in reply
    assert "王记烩面" in reply
    phone.say("地址：西大街")
    phone.say("提交")
    (report,) = stored()
    assert "所长" not in report.description
    assert report.merchant == "王记烩面"


@pytest.mark.parametrize("text", ["我举报的事咋样了", "我的投诉办到哪一步了", "上次反映的查得怎么样了"])
def test_asking_how_it_goes_in_plain_words_shows_ones_cases(phone, text):
    phone.say("举报 店名：老王熟食店 地址：青屏大街 问题：肉臭")
    assert "SA20261123-0001" in phone.say(text)


def test_thanks_are_not_taken_for_anything(phone, stored, ask):
    assert phone.say("谢谢你们，辛苦了").startswith("不客气")
    assert stored() == []
    assert ask(lambda tx: tx.value("select count(*) from talk")) == 0


def test_who_does_not_know_says_so_in_plain_words(phone, stored):
    for text in ("举报", "跳过", "不知道", "忘了"):
        reply = phone.say(text)
    assert "问题" in last_line(reply)
    phone.say("路边摊卖臭肉")
    phone.say("提交")
    assert (stored()[0].merchant, stored()[0].address) == ("", "")


def test_a_name_alone_is_looked_up_and_what_else_can_be_done_is_said(phone, stored, ask):
    reply = phone.say("老王熟食店")
    assert "国家企业信用信息公示系统" in reply
    assert "举报 老王熟食店" in reply
    assert ask(lambda tx: tx.value("select count(*) from talk")) == 0


def test_another_fact_of_the_same_shop_is_no_matter_of_its_own(phone, stored, ask):
    phone.say("举报 店名：老王熟食店 地址：青屏大街 问题：肉臭")
    for text in ("另外老板还卖假烟", "他家小名叫老卢烧饼"):
        assert stored()[0].number in phone.say(text)
    said = ask(lambda tx: tx.all("select body from timeline"))
    assert {"另外老板还卖假烟", "他家小名叫老卢烧饼"} <= {row["body"] for row in said}


def test_who_has_no_case_asks_about_the_rule(phone):
    assert phone.say("我店里被举报了会咋样").startswith("我的店被人告了会怎样？")
