"""Messages whose handling failed are tried again."""

import pytest

from bot.worker.sweep import sweep
from handlers.chat import routing
from handlers.chat.route import Route, Table
from handlers.chat.routes import ROUTES
from storage.chat import inbox
from storage.notices import outbox

WHOLE = "举报 店名：老王 地址：青屏大街 问题：臭"


@pytest.fixture
def defect(monkeypatch):
    """A handler fails for texts with 臭 until it is mended."""

    def broken(call):
        if "臭" in call.text:
            raise KeyError("defect")

    whole = routing.TABLE
    monkeypatch.setattr(routing, "TABLE", Table([Route(broken, says="fails", sample={}), *ROUTES]))
    return lambda: monkeypatch.setattr(routing, "TABLE", whole)


@pytest.fixture
def failed(service):
    def count():
        with service.db.read() as tx:
            return inbox.count_failed(tx)

    return count


def test_nothing_failed_nothing_to_do(service, phone):
    phone.say("帮助")
    assert sweep(service) == 0


def test_the_answer_goes_out_as_a_notice_once(service, phone, defect, stored, failed):
    phone.say(WHOLE)
    defect()
    assert [sweep(service) for _ in range(3)] == [1, 0, 0]
    parcel = service.db.write(lambda tx: outbox.claim(tx, "notice"))
    assert stored()[0].number in parcel.payload["text"]
    assert parcel.addressee == phone.openid
    assert failed() == 0


def test_it_is_not_tried_for_ever_and_staff_are_told_once(service, phone, defect, failed, audited, caplog, client):
    phone.say(WHOLE)
    assert [sweep(service) for _ in range(inbox.ATTEMPTS - 2)] == [0] * (inbox.ATTEMPTS - 2)
    assert "不再重试" not in caplog.text
    assert [sweep(service) for _ in range(3)] == [0] * 3
    defect()
    assert sweep(service) == 0
    assert failed() == 1
    assert audited().count("message_given_up") == 1
    assert caplog.text.count("不再重试") == 1
    assert "shian_inbox_given_up 1.0" in client.get("/metrics").text


def test_one_that_fails_does_not_stop_the_others(service, phone, defect, stored, failed, monkeypatch):
    phone.say("举报 店名：甲 地址：乙 问题：臭得很")
    phone.say(WHOLE)

    def still_broken(call):
        if "臭得很" in call.text:
            raise KeyError("defect")

    monkeypatch.setattr(routing, "TABLE", Table([Route(still_broken, says="fails", sample={}), *ROUTES]))
    assert sweep(service) == 1
    assert [made.merchant for made in stored()] == ["老王"]
    assert failed() == 1


def test_silence_needs_no_notice(service, phone, defect):
    phone.say("臭")
    defect()
    phone.event("VIEW", "x")
    sweep(service)
    with service.db.read() as tx:
        assert [row["topic"] for row in tx.all("select topic from outbox")] == ["message"]
