"""The way of a complaint as Order 121 has it: each move is taken, and the rest refused with its article."""

import pytest

from handlers import tasks
from storage.submissions import deadline, task
from tests.handlers.submissions.cases import (
    ACCEPTED,
    clock_of,
    refusal,
)

# What was done before, the move with its fields, who takes it, and the stage after it.
ALLOWED = [
    ((), "accept", {}, "intake", "accepted"),  # Order 121, 15
    *(((), "decline", {"ground": f"16.{n}", "note": "理由"}, "intake", "declined") for n in range(1, 8)),
    (ACCEPTED, "settle", {}, "officer", "settled"),
    *((ACCEPTED, "terminate", {"ground": f"23.{n}", "note": "理由"}, "officer", "terminated") for n in range(1, 9)),
    ((), "withdraw", {}, "intake", "withdrawn"),
    (ACCEPTED, "withdraw", {}, "officer", "withdrawn"),
    ((("decline", {"ground": "16.3"}),), "reopen", {"note": "补了小票"}, "leader", "registered"),
]
# The same, with the code of the refusal and what its text must name.
REFUSED = [
    ((), "verify", {}, "officer", "wrong_kind", "第十八条"),
    (ACCEPTED, "propose", {"outcome": "file"}, "officer", "wrong_kind", "第十八条"),
    ((), "conclude", {"note": "x"}, "officer", "wrong_kind", "终止调解"),
    ((), "decline", {"note": "x"}, "intake", "missing_field", "理由"),
    ((), "decline", {"ground": "16.8", "note": "x"}, "intake", "invalid_field", "16.7"),
    ((), "decline", {"ground": "16.7"}, "intake", "missing_field", "第十六条"),
    (ACCEPTED, "decline", {"ground": "16.1", "note": "x"}, "intake", "wrong_stage", "第十五条"),
    ((), "settle", {}, "officer", "wrong_stage", "第二十三条"),
    ((), "terminate", {"ground": "23.3"}, "officer", "wrong_stage", "第二十三条"),
    (ACCEPTED, "terminate", {"ground": "23.9"}, "officer", "invalid_field", "23.8"),
    ((), "suspend", {"reason": "检测"}, "officer", "wrong_stage", "第二十二条"),
    (ACCEPTED, "extend", {"days": "10"}, "leader", "wrong_kind", "投诉的期限不能延长"),
]


@pytest.mark.parametrize(("before", "name", "values", "who", "stage"), ALLOWED)
def test_what_the_articles_provide_is_taken(case, act, people, before, name, values, who, stage):
    assert act(case("complaint", before).number, name, people[who], **values).stage == stage


@pytest.mark.parametrize(("before", "name", "values", "who", "code", "names"), REFUSED)
def test_the_rest_is_refused_with_its_article(case, act, people, before, name, values, who, code, names):
    refused = refusal(act, case("complaint", before), name, people[who], values)
    assert (refused.code, names in refused.text) == (code, True)


def test_the_end_of_a_mediation_has_a_clock_that_both_sides_stop(case, act, people, ask, service):
    made = case("complaint", ACCEPTED, phone="13812345678")
    act(made.number, "terminate", people["officer"], ground="23.3")
    assert clock_of(ask, made)["complaint.end"].due_on == "2026-12-02"
    assert [one.code for one in ask(lambda tx: deadline.of(tx, made.id))].count("complaint.end") == 1
    now = service.db.clock().isoformat()
    for one in [one for one in ask(lambda tx: task.of(tx, made.id)) if one.kind in (tasks.TELL, tasks.INFORM)]:
        assert clock_of(ask, made)["complaint.end"].state == "open"
        service.db.write(
            lambda tx, one=one: tasks.move(
                tx,
                service.office,
                one.id,
                "task_done",
                staff=people["officer"],
                version=one.version,
                values={"how": "phone", "happened_at": now},
            )
        )
    assert clock_of(ask, made)["complaint.end"].state == "met"


def test_the_citizen_reads_ground_article_and_other_ways_and_no_reconsideration(phone, stored, act, people, parcels):
    phone.say("投诉 店名：甲 地址：乙 问题：丙 诉求：退款 姓名：张三 电话：13812345678 通讯地址：东大街")
    made = stored()[0]
    act(made.number, "accept", people["intake"])
    act(made.number, "terminate", people["officer"], ground="23.3", note="商家只同意退一半")
    text = parcels()[-1].payload["text"]
    for words in ("不能达成一致", "第二十三条第一款第三项", "商家只同意退一半", "仲裁", "起诉"):
        assert words in text
    assert "复议" not in text
