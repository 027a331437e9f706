"""The outbox is drained: brought once, tried again when it may, given up where people see it."""

from datetime import timedelta

import pytest

from bot.courier import Courier, pause, type_of
from bot.gateway import Gateway
from bot.simulator import Fault
from bot.simulator.samples import amr, photo
from handlers import notices
from storage import evidence, outbox
from tests.conftest import state_of

SEND, MEDIA = "message/custom/send", "media/get"


@pytest.fixture
def courier(town):
    return Courier(town.office, Gateway(town.office))


@pytest.fixture
def notice(town):
    """A notice waits for a phone that wrote just now."""
    town.platform.follow("a")
    openid = town.platform.openid("a")
    town.office.db.write(lambda tx: notices.put(tx, "n1", openid=openid, text="已核查"))

    def state():
        with town.office.db.read() as tx:
            return state_of(tx, "n1")

    return state


@pytest.fixture
def picture(town):
    """A picture has arrived; what became of it."""
    town.platform.follow("a")
    town.platform.picture("a", photo())

    def state():
        with town.office.db.read() as tx:
            id = tx.value("select id from evidence")
            return evidence.get(tx, id)

    return state


def drain(town, courier, kind, rounds=1, **later):
    for _ in range(rounds):
        town.clock.advance(**later)
        courier.drain(kind)


def test_a_notice_is_sent_once(town, courier, notice):
    drain(town, courier, "notice", rounds=3, seconds=1)
    assert notice() == ("sent", "")
    assert town.screen("a").count("已核查") == 1


@pytest.mark.parametrize("code", [-1, 45011])
def test_a_passing_refusal_is_tried_again_soon(town, courier, notice, code):
    town.platform.script(SEND, Fault(errcode=code))
    drain(town, courier, "notice")
    assert notice()[0] == "waiting"
    assert str(code) in notice()[1]
    drain(town, courier, "notice", seconds=10)
    assert notice()[0] == "sent"


@pytest.mark.parametrize("code", [45015, 45047, 48002, 43004])
def test_where_no_way_is_open_it_is_held_and_not_tried_again(town, courier, notice, code):
    town.platform.script(SEND, Fault(errcode=code))
    drain(town, courier, "notice", rounds=5, minutes=10)
    assert notice()[0] == "held"
    assert town.asked(SEND) == 1


def test_when_it_may_have_arrived_it_is_not_sent_again(town, courier, notice):
    town.platform.script(SEND, Fault(lost=True))
    drain(town, courier, "notice")
    drain(town, courier, "notice", rounds=5, seconds=9)
    assert town.screen("a").count("已核查") == town.asked(SEND) == 1
    assert notice()[0] == "held"


def test_a_notice_whose_worker_died_is_held_rather_than_sent_twice(town, courier, notice):
    town.office.db.write(lambda tx: outbox.claim(tx, "notice"))
    drain(town, courier, "notice", seconds=20)
    assert notice()[0] == "held"
    assert town.asked(SEND) == 0


def test_one_that_insists_is_rather_sent_twice_than_not_at_all(town, courier, notice):
    openid = town.platform.openid("a")
    town.office.db.write(lambda tx: notices.put(tx, "n1", openid=openid, text="紧急", insist=True))
    town.office.db.write(lambda tx: outbox.claim(tx, "notice"))
    town.platform.script(SEND, Fault(lost=True))
    drain(town, courier, "notice", rounds=2, seconds=20)
    assert notice() == ("sent", "")
    assert town.screen("a").count("紧急") == 2


def test_a_picture_comes_home_with_its_digest_type_and_size(town, courier, picture):
    drain(town, courier, "media", seconds=1)
    file = picture()
    assert (file.state, file.mime) == ("stored", "image/jpeg")
    assert len(town.office.files.get(file.sha256)) == file.bytes


@pytest.mark.parametrize("fault", [Fault(errcode=-1), Fault(lost=True), Fault(errcode=45009)], ids=repr)
def test_a_picture_is_asked_for_again_after_a_passing_error(town, courier, picture, fault):
    town.platform.script(MEDIA, fault)
    drain(town, courier, "media", rounds=2, seconds=10)
    assert picture().state == "stored"


def test_a_picture_that_is_gone_is_given_up_after_some_attempts_and_says_so(town, courier, picture):
    town.platform.script(MEDIA, *[Fault(errcode=40007)] * 9)
    drain(town, courier, "media", rounds=9, minutes=1)
    assert picture().state == "lost"
    assert "40007" in picture().error
    assert town.asked(MEDIA) == 4


def test_a_picture_older_than_the_platform_keeps_it_is_given_up(town, courier, picture):
    town.platform.script(MEDIA, *[Fault(errcode=-1)] * 3)
    drain(town, courier, "media")
    drain(town, courier, "media", days=3, minutes=1)
    assert picture().state == "lost"


def test_a_defect_in_one_parcel_does_not_stop_those_behind_it(town, courier, notice):
    def spoilt(tx):
        outbox.put(tx, "notice", "n0", openid="o1", payload={}, due_at=tx.now - timedelta(hours=1))

    town.office.db.write(spoilt)
    drain(town, courier, "notice")
    assert notice()[0] == "sent"
    with town.office.db.read() as tx:
        assert state_of(tx, "n0") == ("waiting", "KeyError")


def test_pauses_grow_and_the_first_retry_comes_within_ten_seconds():
    assert all(timedelta(seconds=1) < pause(0) < timedelta(seconds=10) for _ in range(50))
    assert pause(0) < pause(2) < pause(4) < pause(6)
    assert pause(99) <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (photo(), "image/jpeg"),
        (amr(), "audio/amr"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "image/png"),
        (b"<html><script>", "application/octet-stream"),
        (b"MZ\x90\x00" + bytes(60), "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
    ids=["jpeg", "amr", "png", "html", "exe", "nothing"],
)
def test_the_type_is_told_from_the_content(content, mime):
    assert type_of(content) == mime
