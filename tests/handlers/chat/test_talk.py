"""Guided talks as people have them."""

from handlers.chat.guided import TOPICS
from handlers.chat.talk import current_question, question
from storage.chat import follower, standing


def last_line(text):
    return text.splitlines()[-1]


def test_every_question_asks_one_thing_on_its_last_line_by_its_label():
    labels = {step.label for topic in TOPICS.values() for step in topic.steps}
    for topic in TOPICS.values():
        for step in topic.steps:
            line = last_line(question(step, {}))
            others = {label for label in labels if label in line and label not in step.label}
            assert step.label in line
            assert others == set(), line


def test_the_question_of_a_finished_list_is_nothing():
    topic = TOPICS["report"]
    assert current_question(topic, {}) == question(topic.steps[0], {})
    assert current_question(topic, dict.fromkeys((step.name for step in topic.steps), "")) == ""


def test_words_without_labels_begin_a_report_with_what_was_said(phone, stored):
    assert "店名" in last_line(phone.say("举报 青屏大街有人卖臭肉"))
    for text in ("老王", "青屏大街"):
        phone.say(text)
    phone.say("提交")
    assert stored()[0].description == "青屏大街有人卖臭肉"


def test_a_location_is_an_address(phone, stored):
    phone.say("举报 店名：老王 问题：臭")
    phone.send(MsgType="location", Location_X="34.53", Location_Y="113.39", Scale="16", Label="新密市青屏大街")
    (made,) = stored()
    assert (made.address, made.latitude, made.longitude) == ("新密市青屏大街", "34.53", "113.39")


def test_a_location_without_a_name_is_its_degrees(phone, stored):
    phone.say("举报 店名：老王 问题：臭")
    phone.send(MsgType="location", Location_X="34.53", Location_Y="113.39", Label="")
    assert stored()[0].address == "34.53, 113.39"


def test_a_whole_report_beside_a_talk_leaves_the_talk_where_it_was(phone, stored):
    phone.say("投诉")
    phone.say("好又多超市")
    phone.say("举报 店名：甲 地址：乙 问题：丙")
    assert len(stored()) == 1
    assert "问题" in last_line(phone.say("西大街"))


def test_a_talk_ends_with_its_number(phone, ask):
    for text in ("举报", "跳过", "老王", "青屏大街", "臭", "提交"):
        phone.say(text)
    assert ask(lambda tx: tx.value("select count(*) from talk")) == 0


def test_a_talk_is_the_persons_own(phone, other_phone):
    phone.say("举报")
    assert "照片" not in last_line(other_phone.say("老王"))


def test_what_was_not_understood_is_asked_again(phone):
    phone.say("举报")
    reply = phone.say("99")
    assert reply.startswith("这里请回复前面的数字")
    assert "类别" in last_line(reply)


def test_a_talk_survives_as_nothing_but_its_answers(phone, service):
    phone.say("举报 店名：老王")
    with service.db.read() as tx:
        sender = follower.sender_of(tx, phone.openid)
        assert standing.of(tx, sender).talk.answers["merchant"] == "老王"
