"""Submissions that belong together: what is repeated goes into one, what is two is parted."""

import pytest

from handlers.errors import Refused
from storage import timeline
from storage.submissions.submission import Kind
from tests.handlers.submissions.cases import (
    CASE,
    PROPOSED_AGAINST,
    clock_of,
    whose,
)


def test_new_facts_of_the_same_person_let_the_period_begin_again(case, act, people, clock, ask):
    first = case("report", phone="13812345678")
    clock.advance(days=7)
    second = case("report", phone="138 1234 5678")
    after = act(second.number, "merge", people["officer"], **{"with": first.number, "new_facts": "是"})
    assert (after.stage, after.joined) == ("merged", first.number)
    assert clock_of(ask, first)["report.verify"].due_on == "2026-12-21"
    assert clock_of(ask, second) == {}
    assert "自2026-11-30起重新计算" in ask(lambda tx: timeline.of(tx, first.id))[-1].body


@pytest.mark.parametrize(
    ("phone", "values"), [("13812345678", {}), ("13900001111", {"new_facts": "是"}), ("", {"new_facts": "是"})]
)
def test_repetition_and_strangers_start_nothing_again(case, act, people, clock, ask, phone, values):
    first = case("report", phone="13812345678")
    clock.advance(days=7)
    act(case("report", phone=phone).number, "merge", people["officer"], **{"with": first.number}, **values)
    assert clock_of(ask, first)["report.verify"].due_on == "2026-12-14"


def test_it_goes_into_no_other_kind_no_closed_one_and_not_into_itself(case, act, people):
    report, complaint = case("report"), case("complaint")
    closed = case("report", (*PROPOSED_AGAINST, ("decline_case", {})))
    for number, code in (
        (complaint.number, "wrong_kind"),
        (closed.number, "wrong_stage"),
        (report.number, "invalid_field"),
    ):
        with pytest.raises(Refused) as refused:
            act(report.number, "merge", people["officer"], **{"with": number})
        assert refused.value.code == code


def test_one_letter_with_both_kinds_becomes_two_each_with_its_own_clock(case, act, people, ask, stored):
    made = case("complaint", phone="13812345678")
    act(made.number, "split", people["intake"], description="还卖三无产品")
    made, other = stored()
    assert (other.kind, other.sibling, made.sibling) == (Kind.REPORT, made.number, other.number)
    assert other.description == "还卖三无产品"
    assert set(clock_of(ask, other)) == {"report.verify"}


def test_whoever_was_merged_hears_the_end_with_their_own_number(phone, other_phone, stored, act, people, parcels):
    phone.say("举报 店名：甲饭店 地址：青屏大街12号 问题：卖过期卤肉")
    other_phone.say("举报 店名：甲饭店 地址：青屏大街12号 问题：卤肉过期了还卖")
    first, second = stored()
    act(second.number, "merge", people["officer"], **{"with": first.number})
    for name, values in CASE:
        act(first.number, name, people[whose(name)], **values)
    act(first.number, "conclude", people["officer"], note="罚款五千元")
    told = [one.payload["text"] for one in parcels() if "罚款五千元" in one.payload["text"]]
    assert len(told) == 2
    assert sorted([first.number in text, second.number in text] for text in told) == [[False, True], [True, False]]


def test_what_one_is_asked_or_answered_is_told_to_nobody_else(phone, other_phone, stored, act, people, parcels):
    phone.say("举报 店名：甲饭店 地址：青屏大街12号 问题：卖过期卤肉")
    other_phone.say("举报 店名：甲饭店 地址：青屏大街12号 问题：卤肉过期了还卖")
    first, second = stored()
    act(second.number, "merge", people["officer"], **{"with": first.number})
    act(first.number, "answer", people["officer"], note="您补的小票收到了")
    act(first.number, "ask", people["officer"], note="您哪天买的？")
    told = [one.payload["text"] for one in parcels() if "小票" in one.payload["text"] or "哪天" in one.payload["text"]]
    assert [first.number in text for text in told] == [True, True]


def test_whoever_was_merged_is_offered_no_word_that_does_not_work(phone, other_phone, stored, act, people, parcels):
    phone.say("举报 店名：甲饭店 地址：青屏大街12号 问题：卖过期卤肉")
    other_phone.say("举报 店名：甲饭店 地址：青屏大街12号 问题：卤肉过期了还卖")
    first, second = stored()
    act(second.number, "merge", people["officer"], **{"with": first.number})
    act(first.number, "refer", people["intake"], unit="县公安局", note="涉嫌犯罪")
    told = [one.payload["text"] for one in parcels() if "涉嫌犯罪" in one.payload["text"]]
    (theirs,) = [text for text in told if second.number in text]
    assert "满意" not in theirs


def test_complaints_of_two_people_stay_two(case, act, people):
    mine, theirs = case("complaint", phone="13812345678"), case("complaint", phone="13900001111")
    with pytest.raises(Refused, match="不是同一投诉人") as refused:
        act(theirs.number, "merge", people["officer"], **{"with": mine.number})
    assert refused.value.code == "wrong_person"
    again = case("complaint", phone="13812345678")
    assert act(again.number, "merge", people["officer"], **{"with": mine.number}).stage == "merged"


def test_what_was_merged_goes_along(case, act, people, stored):
    first, second, third = case("report"), case("report"), case("report")
    act(first.number, "merge", people["officer"], **{"with": second.number})
    act(second.number, "merge", people["officer"], **{"with": third.number})
    assert [one.joined for one in stored()] == [third.number, third.number, ""]
