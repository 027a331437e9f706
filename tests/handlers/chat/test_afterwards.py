"""One's own words when nothing was asked."""

import pytest

from storage.people.staff import Role

COMPLAINT = (
    "投诉 店名：好又多超市 地址：西大街3号 问题：买到过期奶 诉求：退款 姓名：李四 电话：13812345678 通讯地址：东街1号"
)


@pytest.mark.parametrize("text", ["我不想投诉了，他退钱了", "钱退给我了", "撤诉", "不追究了"])
def test_a_complaint_is_asked_about_before_it_is_withdrawn(phone, stored, text):
    phone.say(COMPLAINT)
    assert "撤回" in phone.say(text)
    assert stored()[0].stage == "triage"
    phone.say("是")
    assert stored()[0].stage == "withdrawn"


def test_a_report_cannot_be_withdrawn_and_that_is_said(phone, tip, stored):
    tip()
    phone.say("不举报了")
    assert stored()[0].stage == "triage"


@pytest.mark.parametrize("text", ["什么时候来查", "处理得怎么样了", "0001", "尾号0001", "有结果了吗"])
def test_a_question_about_ones_own_case_is_answered_from_it(phone, tip, clock, text):
    made = tip()
    clock.advance(hours=1)
    assert made.number in phone.say(text)


def test_the_second_of_a_list_may_be_asked_for_after_the_first(phone, tip):
    numbers = [tip().number, tip().number]
    assert phone.say("进度")
    assert numbers[1] in phone.say("1")
    assert numbers[0] in phone.say("2")


@pytest.mark.parametrize(
    ("text", "said"), [("谢谢你们", "不客气"), ("👍", "不客气"), ("好的", "不客气"), ("你好", "您好")]
)
def test_politeness_is_answered_shortly_and_kept_nowhere(phone, stored, text, said):
    assert phone.say(text).startswith(said)
    assert stored() == []


def test_right_after_a_report_打错了_asks_what_is_right(phone, tip, ask):
    tip()
    phone.say("打错了")
    phone.say("门牌是14号")
    assert ask(lambda tx: tx.value("select count(*) from timeline where body = '门牌是14号'")) == 1


@pytest.mark.parametrize("text", ["取消", "上一步", "提交"])
def test_with_nothing_under_way_that_is_said(phone, text):
    assert "没有正在填写" in phone.say(text)


@pytest.mark.parametrize("text", ["好的", "可以", "没有", "就这些"])
def test_a_short_answer_is_one_where_staff_asked(phone, tip, clock, act, hire, ask, text):
    made = tip()
    clock.advance(hours=1)
    act(made.number, "ask", hire("wang", Role.INTAKE, Role.OFFICER), note="明天能来所里说说吗？")
    assert made.number in phone.say(text)
    assert ask(lambda tx: tx.value(f"select count(*) from timeline where body = '{text}'")) == 1


@pytest.mark.parametrize("text", ["说完了", "就这些", "没有了"])
def test_who_has_nothing_more_to_say_is_done(phone, tip, text):
    assert "没有正在填写" in phone.say(text)
    made = tip()
    assert f"{made.number} 已经登记" in phone.say(text)


@pytest.mark.parametrize("text", ["说完了", "提交"])
def test_fragments_become_a_report_when_they_are_said_to_be_all(phone, stored, text):
    assert "请接着说" in phone.say("火葬场旁边那家饭店")
    assert "火葬场旁边那家饭店" in phone.say(text)
    phone.say("老王熟食店")
    phone.say("提交")
    assert "火葬场旁边那家饭店" in stored()[0].description
