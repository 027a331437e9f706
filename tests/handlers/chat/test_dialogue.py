"""A talk, turn by turn, without any memory but its answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.dialogue import Said, open_step, proceed, shorten, turn
from handlers.chat.guided import COMPLAINT, REPORT

TOPICS = [REPORT, COMPLAINT]
PLACE = {"address": "青屏大街", "latitude": "34.5", "longitude": "113.3"}
SAID = st.one_of(
    st.sampled_from(["上一步", "跳过", "提交"]).map(lambda word: Said(word=word, text=word)),
    st.sampled_from(["老王", "1", "9", "13812345678", "没有", "卤肉发臭", ""]).map(lambda text: Said(text=text)),
    st.just(Said(place=PLACE)),
)


def say(steps, answers, *texts):
    """Answers after these texts, each the answer to what is asked."""
    for text in texts:
        word = text if text in ("跳过", "上一步", "提交", "取消") else ""
        answers = turn(steps, answers, Said(word, text)).answers
    return answers


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
@given(said=st.lists(SAID, max_size=25))
def test_whatever_is_said_the_question_is_the_first_without_an_answer(topic, said):
    answers = {}
    for one in said:
        before = dict(answers)
        next = turn(topic.steps, answers, one)
        assert answers == before, "a turn changes nothing in place"
        answers = next.answers
        if next.state == "submit":
            assert all(step.name in answers for step in topic.steps if step.required)
            break
        assert next.state in ("ask", "added", "again", "missing")
        assert next.step == open_step(topic.steps, answers)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
@given(said=st.lists(SAID, max_size=12), text=st.sampled_from(["老王", "13812345678"]))
def test_going_back_and_giving_the_same_answer_comes_to_the_same_place(topic, said, text):
    answers = {}
    for one in said:
        next = turn(topic.steps, answers, one)
        if next.state in ("submit", "missing"):  # who wants to be done is asked only what is missing
            return
        answers = next.answers
    after = turn(topic.steps, answers, Said(text=text))
    if after.state == "ask":
        back = turn(topic.steps, after.answers, Said(word="上一步"))
        assert turn(topic.steps, back.answers, Said(text=text)).answers.keys() >= after.answers.keys()


def test_at_the_first_question_there_is_no_way_back():
    first = turn(REPORT.steps, {}, Said(word="上一步"))
    assert (first.state, first.step.name) == ("ask", "category")


def test_submitting_early_names_everything_that_is_missing():
    next = turn(COMPLAINT.steps, say(COMPLAINT.steps, {}, "好又多"), Said(word="提交"))
    assert next.state == "missing"
    assert next.missing == ("地址", "问题", "诉求", "姓名", "电话", "联系地址")


def test_submitting_skips_what_is_optional():
    answers = say(REPORT.steps, {}, "跳过", "老王", "青屏大街", "臭")
    next = turn(REPORT.steps, answers, Said(word="提交"))
    assert next.state == "submit"
    assert (next.answers["name"], next.answers["pictures"]) == ("", "")


def test_what_must_be_answered_cannot_be_skipped():
    next = turn(COMPLAINT.steps, {}, Said(word="跳过"))
    assert (next.state, next.missing) == ("missing", ("店名",))


def test_skipping_the_name_skips_the_telephone_too():
    answers = say(REPORT.steps, {}, "跳过", "老王", "青屏大街", "臭", "跳过", "跳过")
    assert open_step(REPORT.steps, answers).name == "confirm"


def test_who_goes_back_to_give_a_name_after_all_is_asked_for_the_telephone():
    answers = say(REPORT.steps, {}, "跳过", "老王", "青屏大街", "臭", "跳过", "跳过", "上一步", "上一步", "张三")
    assert answers["name"] == "张三"
    assert open_step(REPORT.steps, answers).name == "phone"


def test_what_is_no_telephone_number_is_asked_again():
    answers = say(REPORT.steps, {}, "跳过", "老王", "青屏大街", "臭", "跳过", "张三")
    next = turn(REPORT.steps, answers, Said(text="没带手机"))
    assert (next.state, next.step.name) == ("again", "phone")


def test_a_location_answers_the_address_whenever_it_comes():
    next = turn(REPORT.steps, {}, Said(place=PLACE))
    assert next.answers == PLACE
    assert next.step.name == "category"


def test_an_address_typed_after_going_back_drops_the_place_on_the_map():
    answers = say(REPORT.steps, {}, "跳过", "老王")
    answers = turn(REPORT.steps, answers, Said(place=PLACE)).answers
    answers = say(REPORT.steps, answers, "上一步", "另一条街")
    assert answers["address"] == "另一条街"
    assert not answers.get("latitude")
    assert not answers.get("longitude")


def test_a_category_may_be_told_in_words_which_are_then_the_problem():
    answers = say(REPORT.steps, {}, "网红店的蛋糕吃出虫子")
    assert answers["problem"] == "网红店的蛋糕吃出虫子"
    assert open_step(REPORT.steps, answers).name == "merchant"


def test_shortening_leaves_only_what_is_required():
    left = shorten(REPORT.steps, {"merchant": "甲"})
    assert proceed(REPORT.steps, left).step.name == "address"
    assert proceed(REPORT.steps, left | {"address": "乙", "problem": "丙"}).state == "submit"


def test_cancelling_is_always_possible():
    assert turn(REPORT.steps, {}, Said(word="取消")).state == "cancel"


def test_what_was_said_before_does_not_fall_away_with_a_question_that_is_skipped():
    answers = {"phone": "13812345678"}
    for step in REPORT.steps[: [one.name for one in REPORT.steps].index("name")]:
        answers[step.name] = "x"
    assert say(REPORT.steps, answers, "跳过")["phone"] == "13812345678"
