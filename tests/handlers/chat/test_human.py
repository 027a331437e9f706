"""人工 leads to a person."""

import pytest


@pytest.mark.parametrize("text", ["人工", "转人工客服", "能不能来个真人"])
def test_hours_and_a_telephone_are_said(phone, text):
    reply = phone.say(text)
    assert "12315" in reply
    assert "回电" in reply


def test_in_a_talk_the_question_stays(phone):
    phone.say("举报")
    phone.say("跳过")
    assert "店名" in phone.say("转人工").splitlines()[-1]


def test_a_call_back_becomes_a_task_and_the_number_is_sealed(phone, stored, ask):
    assert "手机号" in phone.say("回电")
    reply = phone.say("回电 13812345678 想问怎么办许可证")
    (made,) = stored()
    assert made.number in reply
    assert "13812345678" not in made.description
    assert ask(lambda tx: tx.value("select count(*) from task where kind = 'call'")) == 1


def test_with_a_case_it_is_a_task_of_that_case(phone, tip, stored, ask):
    made = tip()
    phone.say("回电 13812345678")
    assert len(stored()) == 1
    assert ask(lambda tx: tx.value("select submission from task where kind = 'call'")) == made.id
