"""Messages whose handling failed are tried again."""

import pytest

from bot.sweep import ATTEMPTS, sweep
from handlers.chat.routes import ROUTES
from storage import inbox, outbox

WHOLE = "举报 店名：老王 地址：青屏大街 问题：臭"


@pytest.fixture
def defect(monkeypatch):
    """A handler fails for texts with 臭 until it is mended."""

    def broken(call):
        if "臭" in call.text:
            raise KeyError("defect")

    monkeypatch.setattr("handlers.chat.routing.ROUTES", (broken, *ROUTES))
    return lambda: monkeypatch.setattr("handlers.chat.routing.ROUTES", ROUTES)


@pytest.fixture
def failed(office):
    def count():
        with office.db.read() as tx:
            return inbox.count_failed(tx)

    return count


def test_nothing_failed_nothing_to_do(office, phone):
    phone.say("帮助")
    assert sweep(office) == 0


def test_the_answer_goes_out_as_a_notice_once(office, phone, defect, stored, failed):
    phone.say(WHOLE)
    defect()
    assert [sweep(office) for _ in range(3)] == [1, 0, 0]
    parcel = office.db.write(lambda tx: outbox.claim(tx, "notice"))
    assert stored()[0].number in parcel.payload["text"]
    assert parcel.addressee == phone.openid
    assert failed() == 0


def test_it_is_not_tried_for_ever_and_stays_visible(office, phone, defect, failed):
    phone.say(WHOLE)
    assert [sweep(office) for _ in range(ATTEMPTS + 2)] == [0] * (ATTEMPTS + 2)
    defect()
    assert sweep(office) == 0
    assert failed() == 1


def test_one_that_fails_does_not_stop_the_others(office, phone, defect, stored, failed, monkeypatch):
    phone.say("举报 店名：甲 地址：乙 问题：臭得很")
    phone.say(WHOLE)

    def still_broken(call):
        if "臭得很" in call.text:
            raise KeyError("defect")

    monkeypatch.setattr("handlers.chat.routing.ROUTES", (still_broken, *ROUTES))
    assert sweep(office) == 1
    assert [made.merchant for made in stored()] == ["老王"]
    assert failed() == 1


def test_silence_needs_no_notice(office, phone, defect):
    phone.say("臭")
    defect()
    phone.event("VIEW", "x")
    sweep(office)
    with office.db.read() as tx:
        assert [subject["subject"][:5] for subject in tx.all("select subject from outbox")] == ["late:"]
