"""The outbox is drained: brought once, tried again when it may, given up where people see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.simulator import Fault
from bot.simulator.samples import amr, photo
from bot.wechat.gateway import Gateway
from bot.worker import courier as courier_module
from bot.worker.courier import Courier, type_of
from content.replies.marks import tap
from handlers.notices import telling
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from storage.submissions import evidence
from tests.verbs import state_of, until

MEDIA = "media/get"
N1 = Subject(Topic.REWARD, "n1")


@pytest.fixture
def courier(town):
    return Courier(town.service, Gateway(town.service))


@pytest.fixture
def notice(town):
    """A notice waits for a phone that wrote just now."""
    town.platform.follow("a")
    openid = town.platform.openid("a")
    town.service.db.write(lambda tx: telling.put(tx, N1, openid=openid, text="已核查"))

    def state():
        with town.service.db.read() as tx:
            return state_of(tx, "n1")

    return state


@pytest.fixture
def picture(town):
    """A picture has arrived; what became of it."""
    town.platform.follow("a")
    town.platform.picture("a", photo())

    def state():
        with town.service.db.read() as tx:
            id = tx.value("select id from evidence")
            return evidence.get(tx, id)

    return state


def drain(town, courier, kind, rounds=1, **later):
    for _ in range(rounds):
        town.clock.advance(**later)
        courier.fetch() if kind == "media" else courier.drain(kind)


@pytest.mark.parametrize(("taps", "shown"), [(True, f"请回复{tap('继续')}。"), (False, "请回复“继续”。")])
def test_words_to_tap_leave_as_the_office_has_set_it(town, taps, shown):
    town.platform.follow("a")
    openid, text = town.platform.openid("a"), f"请回复{tap('继续')}。"
    town.service.db.write(lambda tx: telling.put(tx, N1, openid=openid, text=text))
    service = replace(town.service, office=replace(town.service.office, taps=taps))
    Courier(service, Gateway(service)).drain("notice")
    assert town.platform.inbox("a")[-1].text == shown


def test_a_picture_comes_home_with_its_digest_type_and_size(town, courier, picture):
    drain(town, courier, "media", seconds=1)
    file = picture()
    assert (file.state, file.mime) == ("stored", "image/jpeg")
    assert len(town.service.files.get(file.sha256)) == file.bytes


@pytest.mark.slow
def test_a_file_that_hangs_keeps_no_other_waiting(town, courier, monkeypatch):
    monkeypatch.setattr(courier_module, "LANE_PATIENCE", 0.1)
    town.platform.script(MEDIA, Fault(delay=3))
    town.platform.follow("a")

    def states():
        with town.service.db.read() as tx:
            return [row["state"] for row in tx.all("select state from evidence order by state")]

    for there in (["awaited", "stored"], ["awaited", "stored", "stored"]):
        for _ in range(len(there) - len(states())):
            town.platform.picture("a", photo())
        town.clock.advance(seconds=1)
        courier.fetch()
        until(lambda there=there: states() == there, "the picture behind the one that hangs")
    until(lambda: states() == ["stored"] * 3, "the picture that hung")
    courier.fetch()


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
        due_at = tx.now - timedelta(hours=1)
        outbox.put(tx, "notice", replace(N1, about="n0"), openid=town.platform.openid("a"), due_at=due_at)

    town.service.db.write(spoilt)
    drain(town, courier, "notice")
    assert notice()[0] == "sent"
    with town.service.db.read() as tx:
        assert state_of(tx, "n0") == ("waiting", "KeyError")


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
