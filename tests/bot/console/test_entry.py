"""A submission that came by telephone or at the counter, entered by hand."""

import io

import pytest

from handlers.submissions.intake import LIMITS
from storage.notices import alarm


def test_a_submission_is_entered_by_hand(clerk, stored, audited):
    answer = clerk.send(
        "/submissions/new",
        kind="complaint",
        source="12345热线",
        received_at="2026-11-20T16:30",
        merchant="好又多超市",
        description="酸奶过期，来电 13812345678",
        name="张三",
    )
    assert answer.status_code == 303
    (entered,) = stored()
    assert (entered.kind, entered.source, entered.merchant, entered.named) == (
        "complaint",
        "12345热线",
        "好又多超市",
        True,
    )
    assert entered.received_at.isoformat() == "2026-11-20T08:30:00+00:00"
    assert "13812345678" not in entered.description
    assert "2026-12-01" in clerk.client.get(answer.location).text
    assert "receive" in audited()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"received_at": "gestern"},
        {"received_at": "0002-01-01T08:00"},
        *({name: "长" * (limit + 1)} for name, limit in LIMITS.items() if name != "product"),
    ],
)
def test_an_entry_that_cannot_be_stored_keeps_what_was_typed(clerk, stored, wrong):
    typed = {"description": "卖过期酸奶", "happened": "上周三"} | wrong
    answer = clerk.send("/submissions/new", **typed)
    assert answer.status_code == 422
    assert typed["happened"] in answer.text
    assert stored() == []


def test_nothing_but_the_kind_is_required_and_a_word_for_a_telephone_names_nobody(clerk, stored):
    answer = clerk.send("/submissions/new", kind="complaint", source="", received_at="", phone="abc")
    assert answer.status_code == 303
    (made,) = stored()
    assert (made.named, made.source) == (False, "人工登记")
    assert "联系电话" in clerk.read("/tasks")


def test_a_huge_form_is_refused(clerk):
    form = clerk.form("/submissions/new")
    answer = clerk.client.post(
        "/console/submissions/new", data=form.fields | {"file": (io.BytesIO(b"x" * (33 << 20)), "x.bin")}
    )
    assert answer.status_code == 413


def test_danger_now_entered_by_hand_calls_and_stands_first_in_the_queue(clerk, stored, service):
    clerk.send("/submissions/new", merchant="好再来", description="今天中午吃完以后三个人昏迷，正在抢救")
    clerk.send("/submissions/new", merchant="阳光小学食堂", description="小学食堂卖过期面包")
    clerk.send("/submissions/new", merchant="福满楼", description="现在有二十多个客人正在上吐下泻")
    numbers = [one.number for one in stored()]
    with service.db.read() as tx:
        assert [one.number for one in alarm.opened(tx)] == [numbers[2], numbers[0]]
    page = clerk.read("/submissions?tab=open").split("<tbody", 1)[1]
    assert sorted(numbers, key=page.index) == [numbers[2], numbers[0], numbers[1]]
