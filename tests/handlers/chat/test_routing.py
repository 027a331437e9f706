"""From a message to its answer: what goes along, what waits, and what is cut where."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.app import create_app
from bot.wechat import webhook
from content.replies import LIMIT_BYTES, fit, marks
from content.replies.marks import tap
from storage.engine.pipelined import PostgresSession
from storage.engine.sqlite import SqliteSession
from storage.people.staff import Role
from tests.verbs import Phone

WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉"


@pytest.fixture
def answered(tip, act, hire):
    """A case with long answers to its reporter."""

    def prepare(*notes):
        number, clerk = tip().number, hire("wang", Role.INTAKE)
        for note in notes:
            act(number, "answer", clerk, note=note)
        return number

    return prepare


def test_a_reply_too_long_is_cut_and_the_rest_waits_as_notices(phone, answered, parcels):
    number = answered(*(f"{i}" + "核查情况说明" * 60 for i in range(4)))
    before = {row.subject for row in parcels()}
    reply = phone.say(f"进度 {number}")
    assert len(reply.encode()) <= LIMIT_BYTES
    rest = [row.payload["text"] for row in parcels() if row.subject not in before]
    assert all(len(text.encode()) <= LIMIT_BYTES for text in rest)
    whole = reply + "".join(rest)
    assert whole.count("核查情况说明") == 240
    assert all(f"{i}核查" in whole for i in range(4))


def test_a_reply_that_fits_leaves_nothing_behind(phone, parcels):
    phone.say("帮助")
    assert parcels() == []


def test_held_notices_go_along_once_before_the_answer(phone, answered, hold_all):
    answered("请补充购买日期")
    hold_all()
    reply = phone.say("帮助")
    assert reply.index("请补充购买日期") < reply.index("直接说您的事")
    assert "请补充购买日期" not in phone.say("帮助")


def test_held_notices_wait_through_silence_that_opens_no_way(phone, answered, hold_all):
    answered("请补充购买日期")
    hold_all()
    assert phone.event("VIEW", "http://x") is None
    assert phone.event("LOCATION") is None
    assert "请补充购买日期" in phone.say("帮助")


@pytest.mark.parametrize(
    "silently",
    [
        lambda phone: phone.picture("m1"),
        lambda phone: phone.event("scancode_push", "code"),
        lambda phone: phone.event("CLICK", "no_such_entry"),
    ],
    ids=["picture", "scancode", "click"],
)
def test_silence_that_opens_a_way_lets_held_notices_go_again(phone, answered, hold_all, parcels, silently):
    answered("请补充购买日期")
    hold_all()
    assert silently(phone) is None
    assert parcels()[0].state == "waiting"


def test_held_notices_are_their_persons_own(other_phone, answered, hold_all):
    answered("请补充购买日期")
    hold_all()
    assert "请补充购买日期" not in other_phone.say("帮助")


def test_of_many_held_notices_those_that_fit_go_along_whole_and_the_others_are_tried_again(
    phone, answered, hold_all, parcels
):
    answered(*(f"{i}号" + "说明" * 150 for i in range(5)))
    hold_all()
    reply = phone.say("帮助")
    states = [row.state for row in parcels()]
    assert states == ["sent", "waiting", "waiting", "waiting", "waiting"]
    assert "0号" + "说明" * 150 in reply
    assert "1号" not in reply


def test_a_talk_that_was_left_is_offered_and_what_comes_is_taken_as_new(phone, clock, stored):
    phone.say("举报")
    clock.advance(hours=2, minutes=1)
    reply = phone.say("举报 店名：甲 地址：乙 问题：丙")
    assert reply.index("还留着") < reply.index(stored()[0].number)


def test_a_talk_in_use_is_not_left(phone, clock):
    phone.say("举报")
    for _ in range(3):
        clock.advance(hours=1, minutes=50)
        reply = phone.say("99")
    assert "类别" in reply.splitlines()[-1]
    assert "还留着" not in reply


def test_an_event_nobody_speaks_with_does_not_end_a_talk(phone, clock, ask):
    phone.say("举报")
    clock.advance(hours=3)
    phone.event("VIEW", "http://x")
    assert ask(lambda tx: tx.value("select count(*) from talk")) == 1


def test_words_to_tap_leave_as_words_to_type_where_the_office_says_so(service, clock):
    said = []
    for taps in (True, False):
        without = replace(service, office=replace(service.office, taps=taps))
        phone = Phone(create_app(without, [webhook]).test_client(), f"oReporter{taps}", clock)
        said.append(phone.say("举报"))
    assert tap("跳过") in said[0]
    assert marks.untapped(said[0]) == said[1]
    assert "“跳过”" in said[1]
    assert "<" not in said[1]


def test_a_part_never_ends_within_a_link():
    text = f"甲乙{marks.link('https://example.org/a', '看回执')}丙丁"
    for limit in range(len(text[:-2].encode())):
        part, rest = fit(text, limit)
        assert part.count("<") in (0, 2), limit
        assert part + rest == text


TEXTS = st.text(st.sampled_from("甲a\n 😀é"), max_size=300)


@given(TEXTS, st.integers(8, 200))
def test_cutting_loses_nothing_but_blanks_and_splits_no_character(text, limit):
    parts, rest = [], text
    while rest:
        part, rest = fit(rest, limit)
        assert len(part.encode()) <= limit
        parts.append(part)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.fixture
def statements(monkeypatch):
    """What both engines are told, savepoints left out."""
    log: list[str] = []

    def heard(verb):
        def call(session, sql, values):
            if "savepoint" not in sql:
                log.append(" ".join(sql.split()))
            return verb(session, sql, values)

        return call

    for kind, verbs in ((SqliteSession, ("query", "run", "run_many")), (PostgresSession, ("query", "run", "put"))):
        for verb in verbs:
            monkeypatch.setattr(kind, verb, heard(getattr(kind, verb)))
    return log


@pytest.mark.parametrize(
    ("before", "text", "most"),
    [
        ((), WHOLE, 14),
        ((WHOLE,), WHOLE, 14),
        ((), "帮助", 3),
        (("举报", "跳过"), "老王熟食店", 6),
        ((WHOLE,), "你好", 6),
        ((WHOLE,), "补充 还有老鼠", 12),
    ],
)
def test_a_message_takes_few_statements_with_what_is_read_ahead_of_it(phone, statements, before, text, most):
    for earlier in before:
        phone.say(earlier)
    statements.clear()
    phone.say(text)
    assert len(statements) <= most, "\n".join(statements)


def test_three_statements_of_a_report_are_those_of_the_commit_which_many_share(phone, statements):
    phone.say(WHOLE)
    shared = [sql for sql in statements if "audit_head" in sql or "into tally" in sql]
    assert len(shared) <= 3
    assert len(statements) - len(shared) <= 11
