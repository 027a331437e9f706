"""Questions asked in chat."""

import pytest

from handlers import knowledge


def test_a_question_is_answered_with_its_law_and_further_questions_that_can_be_sent_back():
    reply = knowledge.reply("买的牛奶过期了咋办")
    assert reply.startswith("买到过期食品怎么办？")
    assert "《食品安全法》" in reply
    assert "2026-11-23核对" in reply
    further = [line[2:] for line in reply.splitlines() if line.startswith("· ")]
    assert 0 < len(further) <= 2
    for question in further:
        assert knowledge.reply(question).startswith(question)


def test_what_is_not_certain_says_so():
    assert "以主管部门最新公布的为准" in knowledge.reply("奖励金额怎么算")


def test_a_question_that_nothing_answers_is_left_to_others():
    assert knowledge.reply("今天天气怎么样") is None


@pytest.mark.parametrize("form", ["问 {}", "问：{}", "帮助 {}", "帮助，{}", "问　{}"])
def test_a_question_put_with_a_word_is_answered(phone, form):
    assert phone.say(form.format("可以匿名举报吗")).startswith("可以匿名举报吗？")


def test_a_question_put_with_a_word_that_nothing_answers_is_told_what_to_do(phone):
    reply = phone.say("问 今天天气怎么样")
    assert "12315" in reply
    assert "帮助" in reply


@pytest.mark.parametrize("text", ["问题很严重", "帮助我", "帮助"])
def test_words_that_only_begin_alike_are_no_question(phone, text):
    assert "核对" not in phone.say(text)


def test_a_question_in_the_middle_of_a_report_leaves_it_as_it_was(phone):
    asked = phone.say("举报")
    assert phone.say("问 可以匿名举报吗").startswith("可以匿名举报吗？")
    assert phone.say("举报").endswith(asked.splitlines()[-1])
