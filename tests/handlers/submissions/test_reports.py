"""The way of a report as the procedure rules have it: each move is taken, and the rest refused with its article."""

import pytest

from tests.handlers.submissions.cases import (
    CASE,
    PROPOSED_AGAINST,
    VERIFIED,
    refusal,
)

# What was done before, the move with its fields, who takes it, and the stage after it.
ALLOWED = [
    ((), "register", {}, "intake", "registered"),
    ((), "verify", {}, "officer", "verifying"),  # procedure rules 18
    ((("verify", {}),), "propose", {"outcome": "file"}, "officer", "proposed"),  # 19
    ((("verify", {}),), "propose", {"outcome": "not_file", "ground": "20.1"}, "officer", "proposed"),  # 20
    ((("verify", {}),), "propose", {"outcome": "not_file", "ground": "经查无此店"}, "officer", "proposed"),
    (VERIFIED, "file_case", {}, "leader", "case"),  # 18: the responsible person
    (VERIFIED, "decline_case", {"ground": "20.2"}, "leader", "not_filed"),
    (PROPOSED_AGAINST, "decline_case", {}, "leader", "not_filed"),
    (PROPOSED_AGAINST, "file_case", {}, "leader", "case"),
    (VERIFIED, "send_back", {"note": "补充进货票据"}, "leader", "verifying"),
    (CASE, "conclude", {"note": "罚款五千元"}, "officer", "concluded"),
    ((("register", {}),), "bounce", {"note": "不是我们的"}, "officer", "triage"),  # Order 121, 41
    ((), "refer", {"unit": "县公安局", "note": "涉嫌犯罪"}, "intake", "referred"),  # Food Safety Law 115
]
# The same, with the code of the refusal and what its text must name.
REFUSED = [
    ((), "decline", {"ground": "16.1", "note": "x"}, "intake", "wrong_kind", "第十六条"),
    ((), "accept", {}, "intake", "wrong_kind", "第十五条"),
    ((), "withdraw", {}, "intake", "wrong_kind", "第二十三条"),
    ((), "conclude", {"note": "x"}, "officer", "wrong_stage", "第六十四条"),
    ((("verify", {}),), "conclude", {"note": "x"}, "officer", "wrong_stage", "第六十四条"),
    ((("verify", {}),), "file_case", {}, "leader", "wrong_stage", "第十八条"),
    (VERIFIED, "file_case", {}, "officer", "forbidden", "第十八条"),
    (VERIFIED, "decline_case", {"ground": "20.1"}, "officer", "forbidden", "第十八条"),
    (VERIFIED, "decline_case", {}, "leader", "missing_field", "第二十条"),
    ((("verify", {}),), "propose", {"outcome": "not_file"}, "officer", "missing_field", "第二十条"),
    ((("verify", {}),), "extend", {}, "officer", "forbidden", "第十八条"),
    ((("verify", {}),), "extend", {"days": "16"}, "leader", "too_many_days", "第十八条"),
    ((("verify", {}), ("extend", {})), "extend", {}, "leader", "already_extended", "第十八条"),
    (CASE, "extend", {"days": "31"}, "leader", "too_many_days", "第六十四条"),
    ((("verify", {}),), "resume", {}, "officer", "not_suspended", "第十八条"),
    (
        (("verify", {}), ("suspend", {"reason": "检测"})),
        "suspend",
        {"reason": "x"},
        "officer",
        "already_suspended",
        "",
    ),
]


@pytest.mark.parametrize(("before", "name", "values", "who", "stage"), ALLOWED)
def test_what_the_articles_provide_is_taken(case, act, people, before, name, values, who, stage):
    assert act(case("report", before).number, name, people[who], **values).stage == stage


@pytest.mark.parametrize(("before", "name", "values", "who", "code", "names"), REFUSED)
def test_the_rest_is_refused_with_its_article(case, act, people, before, name, values, who, code, names):
    refused = refusal(act, case("report", before), name, people[who], values)
    assert (refused.code, names in refused.text) == (code, True)
