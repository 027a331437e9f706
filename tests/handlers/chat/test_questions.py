"""What is an answer to which question."""

import pytest

from handlers.chat.dialogue import Said
from handlers.chat.questions import COMPLAINT, REPORT, corrections
from handlers.understanding.phrases import meant


def last_line(text):
    return text.splitlines()[-1]


def read(steps, name, text):
    step = next(step for step in steps if step.name == name)
    return step.read(Said(text=text, meant=meant(text)))


@pytest.mark.parametrize("text", ["不知道", "不清楚", "忘了"])
def test_not_knowing_is_an_answer_in_a_report_and_none_in_a_complaint(phone, text):
    phone.say("举报")
    phone.say("跳过")
    assert "地址" in last_line(phone.say(text))
    phone.say("取消")
    phone.say("投诉")
    assert "店名" in last_line(phone.say(text))


@pytest.mark.parametrize(
    ("text", "answers"),
    [("代 李大娘", {"principal": "李大娘"}), ("替我妈张兰", {"principal": "我妈张兰"}), ("张三", {"name": "张三"})],
)
def test_an_agent_names_whom_they_complain_for(text, answers):
    assert read(COMPLAINT, "name", text) == answers


@pytest.mark.parametrize("text", ["对的", "好的。", "是", "没错"])
def test_agreeing_submits(text):
    assert read(REPORT, "confirm", text) == {"confirm": "yes"}


def test_labels_alone_correct_and_a_label_inside_a_sentence_does_not():
    assert corrections("店名：老汪 地址：西大街") == {"merchant": "老汪", "address": "西大街"}
    assert corrections("我说的店名：老汪") == {}
