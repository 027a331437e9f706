"""Words on an official's conduct: sealed whatever was asked, and never in a case."""

import pytest

from handlers.chat import routing
from storage.people.staff import Role

BRIBE = "来检查的王科长收了老板两条烟"


@pytest.fixture
def letters(ask):
    return lambda: ask(lambda tx: tx.value("select count(*) from letter"))


def words(ask):
    """All that staff can read of cases."""
    said = ask(lambda tx: tx.all("select body from timeline union all select description from submission"))
    return "\n".join(str(row) for row in said)


@pytest.mark.parametrize("before", [(), ("投诉", "好又多超市", "西大街", "奶是坏的", "退钱", "没有")])
def test_a_letter_is_one_whatever_was_asked(phone, ask, letters, before):
    for text in before:
        phone.say(text)
    asked = phone.say(BRIBE)
    assert letters() == 1
    assert BRIBE not in words(ask)
    if before:
        assert "姓名" in asked.splitlines()[-1]


def test_a_letter_in_a_supplement_or_in_an_answer_to_staff_is_not_shown_to_them(phone, tip, act, hire, ask, letters):
    made = tip()
    phone.say(f"补充 {BRIBE}")
    assert letters() == 1
    act(made.number, "ask", hire("wang", Role.INTAKE, Role.OFFICER), note="是哪天？")
    phone.say("就是经办这个事的李队长收了老板的红包")
    assert letters() == 2
    assert "红包" not in words(ask)
    assert BRIBE not in words(ask)


def test_behind_a_command_it_is_a_letter_too(phone, stored, letters):
    phone.say("举报你们稽查队队长收黑钱")
    assert (stored(), letters()) == ([], 1)


UNNAMED = "管这事的人收了老板的好处费，睁一只眼闭一只眼"


@pytest.mark.parametrize("answer", ["是", ""])
def test_a_letter_that_was_asked_about_first_stands_in_no_kept_message_either(
    phone, service, ask, letters, clock, answer
):
    assert "执法人员" in phone.say(UNNAMED)
    if answer:
        phone.say(answer)
    else:
        clock.advance(minutes=4)
        service.db.write(lambda tx: routing.settle_silent(tx, service.office))
    assert letters() == 1
    with service.db.read() as tx:
        kept = [
            tx.vault.open(row["body"], "inbox.body", row["id"])
            for row in tx.all("select id, body from inbox")
            if row["body"]
        ]
    assert UNNAMED not in "".join(kept)
    assert ask(lambda tx: tx.value("select count(*) from doubt")) == 0


def test_who_names_the_official_instead_of_saying_yes_has_written_a_letter(phone, stored, letters):
    phone.say(UNNAMED)
    phone.say("就是稽查队的李队长")
    assert (stored(), letters()) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "罚款能分期吗",
        "上班时间",
        "店员爱答不理",
        "他给我塞钱让我删视频",
        "店家给我五百块封口费",
        "老板说他认识你们局长",
        "你们下午几点上班",
    ],
)
def test_what_concerns_no_official_is_no_letter(phone, letters, text):
    assert "纪检" not in phone.say(text)
    assert letters() == 0


@pytest.mark.parametrize(("step", "text"), [(4, "我说了你们会不会告诉老板"), (7, "电话留一个 13900006612")])
def test_neither_a_question_nor_a_number_is_asked_about(phone, step, text):
    for one in ("举报", "跳过", "老王熟食店", "青屏大街", "肉臭", "没有", "匿名")[:step]:
        phone.say(one)
    assert "执法人员" not in phone.say(text)
