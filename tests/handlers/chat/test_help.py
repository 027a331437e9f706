"""Help, questions, and all that nobody else takes."""

import pytest

from handlers.chat import help


@pytest.mark.parametrize("ask", ["帮助", " 帮 助 ", "帮助！"])
def test_help_shows_a_whole_report(phone, ask):
    assert "举报 店名：" in phone.say(ask)


def test_the_example_in_the_help_is_itself_accepted(phone, stored):
    example = next(line for line in phone.say("帮助").splitlines() if line.startswith("举报 店名"))
    phone.say(example)
    assert len(stored()) == 1


def test_the_menu_helps_too(phone):
    assert phone.event("CLICK", "help") == phone.say("帮助")


@pytest.mark.parametrize("name", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "never_heard_of"])
def test_other_events_are_answered_with_silence(phone, name):
    assert phone.event(name, "x") is None


def test_an_unknown_menu_key_is_silent(phone):
    assert phone.event("CLICK", "old_key") is None


def test_anything_else_is_answered_with_what_can_be_done(phone, other_phone):
    for reply in (phone.send(MsgType="hologram"), other_phone.say("随便说点什么")):
        assert "举报" in reply


def test_a_link_is_read_as_its_words(phone, stored):
    phone.send(MsgType="link", Title="老王熟食店卖过期卤肉", Description="视频", Url="https://example.com/1")
    phone.say("提交")
    assert "https://example.com/1" in stored()[0].description


def test_a_question_is_answered_with_its_law_and_further_questions_that_can_be_sent_back():
    reply = help.known_answer("买的牛奶过期了咋办")
    assert reply.startswith("买到过期食品怎么办？")
    assert "《食品安全法》" in reply
    assert "2026-11-23核对" in reply
    further = [line[2:] for line in reply.splitlines() if line.startswith("· ")]
    assert 0 < len(further) <= 2
    for question in further:
        assert help.known_answer(question).startswith(question)


def test_what_is_not_certain_says_so():
    assert "以主管部门最新公布的为准" in help.known_answer("奖励金额怎么算")


def test_a_question_that_nothing_answers_is_left_to_others():
    assert help.known_answer("今天天气怎么样") is None


@pytest.mark.parametrize("form", ["问 {}", "问：{}", "帮助 {}", "帮助，{}", "问　{}"])
def test_a_question_put_with_a_word_is_answered(phone, form):
    assert phone.say(form.format("可以匿名举报吗")).startswith("可以匿名举报吗？")


def test_a_question_put_with_a_word_that_nothing_answers_is_told_what_to_do(phone):
    reply = phone.say("问 今天天气怎么样")
    assert "12315" in reply
    assert "答不上来" in reply


@pytest.mark.parametrize("text", ["问题很严重", "帮助我", "帮助"])
def test_words_that_only_begin_alike_are_no_question(phone, text):
    assert "核对" not in phone.say(text)


def test_a_question_in_the_middle_of_a_report_leaves_it_as_it_was(phone):
    asked = phone.say("举报")
    assert phone.say("问 可以匿名举报吗").startswith("可以匿名举报吗？")
    assert phone.say("举报").endswith(asked.splitlines()[-1])
