"""What is a verb and what is an ordinary sentence; which case is meant; nobody fishes."""

import pytest

from handlers.chat.verbs import VERBS
from storage.people.staff import Role

NOBODYS = "SA20261123-9999"
WORDS = [*(verb.word for verb in VERBS), "确认", "不满意", "进度"]
FORMS = ["{word} {number}", "{word}{number}", "{word} {number} 5", "{word}：{number} 还有老鼠", "{word} 编号{number}是"]

ORDINARY = ("收到您的消息了", "记下了，请接着说", "不客气", "不对直接说", "答不上来", "依据：", "附到", "已记到")
"""How replies read to words that are no verb: they are recognised, or joined to what was handed in just now."""


def is_ordinary(reply):
    return any(mark in reply for mark in ORDINARY)


@pytest.fixture
def wang(hire):
    return hire("wang", Role.INTAKE, Role.OFFICER)


def entries(ask, made):
    return ask(lambda tx: tx.all("select title, body from timeline where subject = :id order by at, id", id=made.id))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("word", WORDS)
def test_somebody_elses_number_answers_as_one_that_does_not_exist(tip, other_phone, ask, word, form):
    made = tip()
    before = entries(ask, made)
    theirs = other_phone.say(form.format(word=word, number=made.number))
    nobodys = other_phone.say(form.format(word=word, number=NOBODYS))
    assert theirs.replace(made.number, "N") == nobodys.replace(NOBODYS, "N")
    assert "没有查到编号" in theirs
    assert entries(ask, made) == before


@pytest.mark.parametrize("word", WORDS)
def test_the_same_holds_for_whoever_has_cases_of_their_own(tip, other_phone, word, stored):
    made = tip()
    other_phone.say("举报 店名：李记 地址：文化路 问题：臭")
    theirs = other_phone.say(f"{word} {made.number}")
    nobodys = other_phone.say(f"{word} {NOBODYS}")
    assert theirs.replace(made.number, "N") == nobodys.replace(NOBODYS, "N")


@pytest.mark.embedded
def test_the_same_statements_are_run_for_both(tip, service, other_phone, ask):
    made = tip()
    log: list[str] = []
    service.db.write(lambda tx: tx._session.connection.set_trace_callback(log.append))
    counts = []
    for number in (made.number, NOBODYS):
        log.clear()
        other_phone.say(f"补充 {number} x")
        counts.append([statement.split(" ")[0] for statement in log])
    service.db.write(lambda tx: tx._session.connection.set_trace_callback(None))
    assert "select" in counts[0]
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "text",
    [
        "评价很差的一家店在卖过期肉",
        "回复太慢了，这家店还在卖",
        "满意度很低的一家店",
        "确认是假酒，在东大街",
        "异议很大的一家超市",
        "实名举报老王熟食店卖臭肉",
        "实名 举报老王熟食店",
        "撤回的货又拿出来卖了",
        "补充剂是假的",
        "是不是该管管",
    ],
)
def test_an_ordinary_sentence_of_somebody_without_cases_is_not_ours(phone, text):
    assert is_ordinary(phone.say(text))


@pytest.mark.parametrize(
    "text",
    [
        "评价很差的一家店在卖过期肉",
        "评价 很差的一家店",
        "评价 50元的卤肉是臭的",
        "回复太慢了",
        "满意度很低",
        "异议很大的一家超市",
        "实名举报老王熟食店",
    ],
)
def test_nor_of_somebody_with_an_open_case(phone, tip, text):
    tip()
    assert is_ordinary(phone.say(text))


@pytest.mark.parametrize("text", ["补充一下，还有老鼠", "回复 昨天", "确认", "评价 5", "是", "撤回了货", "满意", "否"])
def test_in_a_talk_an_answer_that_begins_like_a_verb_is_an_answer(phone, tip, text, stored):
    tip()
    for said in ("举报", "跳过", "老李", "文化路", text):
        phone.say(said)
    phone.say("提交")
    assert stored()[-1].description == text


def test_in_a_talk_a_verb_with_a_number_works_and_the_talk_goes_on(phone, tip, stored, ask):
    made = tip()
    for said in ("举报", "跳过", "老李", "文化路"):
        phone.say(said)
    assert made.number in phone.say(f"补充 {made.number} 还有老鼠")
    phone.say("卖臭肉")
    phone.say("提交")
    assert stored()[-1].description == "卖臭肉"


@pytest.mark.parametrize("word", ["补充", "回复", "满意", "异议", "评价", "撤回", "实名"])
def test_a_word_alone_of_somebody_without_cases_says_how_to_begin(phone, word):
    assert "回复“举报”" in phone.say(word)


def test_a_question_ends_when_something_else_is_said(phone, tip, stored):
    tip()
    assert "补充什么" in phone.say("补充")
    assert "类别" in phone.say("举报")
    phone.say("跳过")
    phone.say("老李")
    phone.say("取消")
    assert is_ordinary(phone.say("你们几点上班"))


def test_what_was_asked_is_forgotten_after_the_talk_window(phone, tip, clock):
    tip()
    phone.say("补充")
    clock.advance(hours=3)
    assert is_ordinary(phone.say("你们几点上班"))


def test_a_question_can_be_cancelled(phone, tip, ask):
    made = tip()
    phone.say("补充")
    assert "没有改动" in phone.say("取消")
    assert len(entries(ask, made)) == 1


def test_an_answer_may_begin_like_a_command_where_any_words_are_one(phone, tip, ask):
    made = tip()
    phone.say("补充")
    assert made.number in phone.say("举报人不止我一个，邻居也看见了")
    assert entries(ask, made)[-1]["body"] == "举报人不止我一个，邻居也看见了"


def test_a_long_sentence_does_not_answer_a_question_for_a_number(phone, tip, stored):
    tip()
    tip()
    phone.say("补充 还有老鼠")
    assert is_ordinary(phone.say("请问你们周末上不上班，我想当面过来说一说"))
    assert "已记到" in phone.say("1")


def test_the_list_of_cases_never_blocks(phone, tip):
    tip()
    tip()
    phone.say("进度")
    assert is_ordinary(phone.say("好的"))
    assert "类别" in phone.say("举报")
    assert "看回执" not in phone.say("1")


def test_a_digit_without_a_list_is_nothing_of_ours(phone, tip):
    tip()
    assert is_ordinary(phone.say("1"))


def test_the_number_after_the_word_is_that_of_the_list_that_was_shown(phone, tip, act, wang, ask):
    first, second, third = tip(), tip(), tip()
    act(third.number, "refer", wang, unit="县公安局", note="不属实")
    phone.say("进度")
    assert second.number in phone.say("补充 2 还有老鼠")
    assert first.number in phone.say(f"补充 {first.number} 还有蟑螂")


def test_words_may_be_added_to_a_closed_case(phone, tip, act, wang, stored):
    made = tip()
    act(made.number, "refer", wang, unit="县公安局", note="不属实")
    assert made.number in phone.say("补充 我又买到了")
    assert stored()[0].unread


def test_a_case_that_changed_meanwhile_is_not_withdrawn(phone, stored, act, wang):
    phone.say("投诉 店名：甲 地址：乙 问题：丙 诉求：退款 姓名：张三 电话：13812345678 通讯地址：东大街")
    number = stored()[0].number
    phone.say("撤回")
    act(number, "refer", wang, unit="县公安局", note="不属实")
    assert "已经有结果了" in phone.say("是")
    assert stored()[0].stage == "referred"


def test_plain_words_are_no_answer_while_nobody_asks(phone, tip, act, wang):
    made = tip()
    assert is_ordinary(phone.say("上周三买的"))
    act(made.number, "ask", wang, note="哪天买的？")
    assert "谢谢" in phone.say("上周三买的")
    assert is_ordinary(phone.say("上周三买的"))


def test_a_case_that_is_closed_waits_for_no_answer(phone, tip, act, wang, stored):
    made = tip()
    act(made.number, "ask", wang, note="哪天买的？")
    act(made.number, "refer", wang, unit="县公安局", note="不属实")
    assert stored()[0].asked_at is None
    assert "没有等您回答" in phone.say("回复 上周三")


def test_leaving_forgets_what_was_asked(phone, tip, ask):
    tip()
    phone.say("补充")
    phone.event("unsubscribe")
    assert ask(lambda tx: tx.value("select count(*) from pending")) == 0


@pytest.mark.parametrize("yes", ["是", "是的。", "确认", "确认撤回", "好的"])
def test_yes_is_understood_in_many_words(phone, stored, yes):
    phone.say("投诉 店名：甲 地址：乙 问题：丙 诉求：退款 姓名：张三 电话：13812345678 通讯地址：东大街")
    phone.say("撤回")
    assert "已按您的要求撤回" in phone.say(yes)
    assert stored()[0].stage == "withdrawn"


def test_a_reason_may_begin_like_a_verb(phone, tip, act, wang, ask):
    made = tip()
    act(made.number, "refer", wang, unit="县公安局", note="不属实")
    phone.say("异议")
    phone.say("回复太慢了，也没有查冷库")
    assert entries(ask, made)[-1] == {"title": "提出异议", "body": "回复太慢了，也没有查冷库"}


def test_whoever_has_one_case_need_not_type_its_number(phone, tip):
    tip()
    assert "· 补充 想补充的话" in phone.say("进度")
    other = tip()
    assert f"· 补充 {other.number} 想补充的话" in phone.say(f"进度 {other.number}")


def test_pictures_of_a_new_case_join_it_though_staff_ask_about_another(phone, tip, act, wang, clock, ask):
    first = tip()
    act(first.number, "ask", wang, note="哪天买的？")
    clock.advance(hours=1)
    second = tip()
    phone.picture("m1")
    clock.advance(hours=1)
    phone.picture("m2")
    files = ask(lambda tx: tx.all("select media, submission from evidence order by id"))
    assert [(row["media"], row["submission"]) for row in files] == [("m1", second.id), ("m2", first.id)]


def test_a_picture_joins_the_case_that_is_being_added_to(phone, tip, clock, ask):
    first = tip()
    tip()
    clock.advance(hours=1)
    phone.say(f"补充 {first.number}")
    phone.picture("m1")
    assert ask(lambda tx: tx.value("select submission from evidence")) == first.id


def test_a_verb_is_one_after_words_that_were_kept_until_more_comes(phone, tip, ask, clock):
    made = tip()
    clock.advance(hours=10)
    phone.say("前天")
    phone.say("补充")
    assert made.number in phone.say("他今天又进了一车鸭血")
    assert "他今天又进了一车鸭血" in {entry["body"] for entry in entries(ask, made)}
