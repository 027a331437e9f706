"""Work orders: a row of a list is one submission with both clocks, and is signed for, answered and called back."""

import pytest

from handlers.errors import Refused
from handlers.submissions import orders
from storage import timeline
from storage.submissions import identity as identities
from storage.submissions.submission import Kind
from tests.handlers.submissions.cases import clock_of

ROW = {
    "number": "20261120-000123",
    "received": "2026-11-20T16:30",
    "matter": "complaint",
    "shop": "好又多超市",
    "told": "买到过期酸奶，请回电13812345678",
    "demand": "退款",
    "person": "张三",
    "phone": "13812345678",
}


@pytest.fixture
def take_in(service, stored):
    """Take a row in; whether anything changed, and the last submission."""

    def run(platform="orders12345", **changed):
        values = {**ROW, **changed}
        return service.db.write(lambda tx: orders.take_in(tx, service.office, platform, values)), stored()[-1]

    return run


def test_a_work_order_becomes_a_submission_with_the_clock_of_the_law_and_its_own(take_in, ask):
    changed, made = take_in()
    assert changed
    assert (made.kind, made.source, made.order_number, made.named) == (
        Kind.COMPLAINT,
        "12345热线",
        "20261120-000123",
        True,
    )
    assert made.received_at.isoformat() == "2026-11-20T08:30:00+00:00"
    clocks = clock_of(ask, made)
    assert (clocks["complaint.accept"].due_on, clocks["order.reply"].due_on) == ("2026-12-01", "2026-11-27")
    assert clocks["order.reply"].unsure
    assert "13812345678" not in made.description
    assert ask(lambda tx: identities.again(tx, made.id)).name == "张三"


def test_the_period_that_the_work_order_names_is_taken(take_in, ask):
    assert clock_of(ask, take_in(due="2026-11-24")[1])["order.reply"].due_on == "2026-11-24"


@pytest.mark.parametrize("platform", ["orders12315", "orders12345"])
def test_a_row_is_taken_in_once_and_what_changed_in_it_is_shown(take_in, stored, ask, platform):
    take_in(platform)
    assert take_in(platform)[0] is False
    changed, made = take_in(platform, demand="退款并赔偿，电话13812345678")
    assert (changed, len(stored())) == (True, 1)
    last = ask(lambda tx: timeline.of(tx, made.id))[-1]
    assert "有变化" in last.title
    assert "退款并赔偿" in last.body
    assert "13812345678" not in last.body
    assert take_in(platform, demand="退款并赔偿，电话13812345678")[0] is False


def test_what_was_registered_from_here_is_known_again(case, act, people, take_in, stored):
    made = case("report")
    act(made.number, "register", people["intake"], external_number="1410183002026112600001")
    assert take_in("orders12315", number="1410183002026112600001", matter="report") == (False, stored()[0])
    assert len(stored()) == 1


def test_only_its_answer_ends_the_clock_of_a_work_order(take_in, act, people, ask):
    made = take_in()[1]
    act(made.number, "decline", people["intake"], ground="16.1")
    assert clock_of(ask, made)["order.reply"].state == "open"
    act(made.number, "sign_order", people["officer"])
    act(made.number, "reply_order", people["officer"], note="已退款，来电人认可，13900001111")
    assert clock_of(ask, made)["order.reply"].state == "met"
    assert ask(lambda tx: orders.answer(tx, made)).startswith("已退款，来电人认可，〔电话〕")


def test_whoever_is_not_satisfied_gets_another_answer_by_another_clock(take_in, act, people, ask):
    made = take_in()[1]
    act(made.number, "reply_order", people["officer"], note="已处理")
    after = act(made.number, "call_back_order", people["officer"], result="unsatisfied")
    assert after.order_state == "unsatisfied"
    assert clock_of(ask, made)["order.reply"].state == "open"
    act(made.number, "reply_order", people["officer"], note="再次处理")
    assert act(made.number, "call_back_order", people["officer"], result="satisfied").order_state == "satisfied"


def test_what_is_no_work_order_is_neither_signed_for_nor_answered(case, act, people, offered):
    made = case("report")
    assert offered(orders.PROCEDURE, made, people["officer"]) == []
    with pytest.raises(Refused) as refused:
        act(made.number, "sign_order", people["officer"])
    assert refused.value.code == "wrong_stage"
