"""Reports and complaints by chat, through the real webhook."""

import re

import pytest

WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉，包装日期被涂改"


def number_in(text: str) -> str:
    found = re.search(r"SA\d{8}-\d{4,}", text)
    assert found, text
    return found[0]


def last_line(text: str) -> str:
    return text.splitlines()[-1]


def test_a_whole_report_in_one_message_is_stored_as_sent(phone, stored):
    reply = phone.say(WHOLE)
    assert number_in(reply) == "SA20261123-0001"
    (report,) = stored()
    assert (report.merchant, report.address) == ("老王熟食店", "新密市青屏大街12号")
    assert report.description == "卖过期卤肉，包装日期被涂改"
    assert not report.named


def test_a_guided_report_asks_one_thing_at_a_time_and_gives_a_number(phone, stored):
    answers = {
        "类别": "1",
        "店名": "老王熟食店",
        "地址": "青屏大街12号",
        "问题": "卤肉发臭",
        "照片": "跳过",
        "姓名": "张三",
        "电话": "13812345678",
        "提交": "提交",
    }
    reply = phone.say("举报")
    asked = []
    while "SA2026" not in reply:
        label = next(label for label in answers if label in last_line(reply))
        asked.append(label)
        reply = phone.say(answers[label])
    assert asked == list(answers)
    (report,) = stored()
    assert report.named
    assert report.category == "online_offline"


def test_only_what_is_missing_is_asked(phone, stored):
    reply = phone.say("举报 店名：老王熟食店 问题：卖过期卤肉")
    assert "地址" in last_line(reply)
    number_in(phone.say("青屏大街12号"))
    assert stored()[0].address == "青屏大街12号"


def test_submit_names_what_is_missing(phone, stored):
    phone.say("举报")
    reply = phone.say("提交")
    assert "缺少：问题" in reply
    assert stored() == []


def test_going_back_asks_the_question_before(phone):
    phone.say("举报")
    phone.say("跳过")
    assert "地址" in last_line(phone.say("老王熟食店"))
    assert "店名" in last_line(phone.say("上一步"))


def test_skipping_the_identity_means_anonymous(phone, stored):
    for text in ("举报", "跳过", "老王熟食店", "青屏大街", "肉臭", "跳过"):
        reply = phone.say(text)
    assert "姓名" in last_line(reply)
    assert "提交" in last_line(phone.say("跳过"))
    number_in(phone.say("提交"))
    assert not stored()[0].named


def test_cancelling_erases_the_talk(phone, stored):
    phone.say("举报")
    phone.say("取消")
    assert "回复“举报" in phone.say("老王熟食店")
    assert stored() == []


def test_a_talk_that_lay_too_long_is_offered_once_and_taken_up_again(phone, clock):
    for text in ("举报", "跳过", "老王熟食店"):
        phone.say(text)
    clock.advance(hours=3)
    assert "老王熟食店" in phone.say("在吗")
    assert "还留着" not in phone.say("谢谢")
    assert "地址" in last_line(phone.say("继续"))


def test_a_complaint_asks_for_the_identity_the_law_requires(phone, stored):
    answers = {"姓名": "李四", "电话": "13812345678", "地址": "新密市东大街3号"}
    reply = phone.say("投诉 店名：好又多超市 地址：西大街 问题：买到过期奶 诉求：退款100元")
    asked = []
    while "SA2026" not in reply:
        label = next(label for label in answers if label in last_line(reply))
        asked.append(label)
        reply = phone.say(answers[label])
    assert asked == ["姓名", "电话", "地址"]
    (complaint,) = stored()
    assert complaint.kind == "complaint"
    assert complaint.demand == "退款100元"


def test_two_reports_within_a_second_are_two(phone, stored):
    first, second = phone.say(WHOLE), phone.say(WHOLE)
    assert number_in(first) != number_in(second)
    assert len(stored()) == 2


def test_a_repeat_gets_the_very_same_reply(phone, stored):
    first = phone.say(WHOLE)
    assert phone.repeat() == first
    assert len(stored()) == 1


def test_a_phone_number_in_the_words_is_masked_and_kept_with_the_identity(phone, stored, service):
    phone.say("举报 店名：甲 地址：乙 问题：老板电话13987654321，卖臭肉")
    (report,) = stored()
    assert "13987654321" not in report.description
    assert "〔电话〕" in report.description


def test_words_may_be_full_width_and_spaced(phone):
    assert "类别" in last_line(phone.say("　举 报　"))


def test_the_menu_begins_a_report(phone):
    assert "类别" in last_line(phone.event("CLICK", "report"))


def test_an_answer_that_begins_like_a_command_is_an_answer(phone, stored):
    phone.say("举报 店名：甲店 地址：东大街")
    assert number_in(phone.say("查到过期卤肉，举报人拍了照"))
    assert stored()[0].description == "查到过期卤肉，举报人拍了照"


def test_tapping_the_menu_again_does_not_throw_the_answers_away(phone):
    phone.event("CLICK", "report")
    phone.say("跳过")
    phone.say("老王熟食店")
    reply = phone.event("CLICK", "report")
    assert "接着填" in reply
    assert "地址" in last_line(reply)


def test_a_labelled_report_in_the_middle_of_a_talk_is_stored_beside_it(phone, stored):
    phone.say("举报")
    phone.say("跳过")
    number_in(phone.say(WHOLE))
    assert "地址" in last_line(phone.say("另一家店"))
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("said", "summaries"),
    [
        (("跳过",), 0),
        (("跳过", "老王熟食店"), 1),
        (("跳过", "老王熟食店", "青屏大街12号", "卖过期卤肉", "没有", "匿名"), 1),
    ],
)
def test_a_talk_that_is_gone_on_with_is_summed_up_once(phone, said, summaries):
    for text in ("举报", *said, "算了"):
        phone.say(text)
    reply = phone.say("继续")
    assert reply.count("老王熟食店") == reply.count("不对直接说") == summaries
