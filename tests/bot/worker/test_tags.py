"""Tags equal the choice whatever the platform answers on the way."""

import pytest

from bot.simulator import Fault
from bot.wechat.gateway import Gateway
from bot.worker.courier import Courier
from handlers.exposure.topics import MOST, topics
from storage.chat import subscription
from storage.notices import outbox

TAG, UNTAG, LIST, HELD, CREATE = (
    "tags/members/batchtagging",
    "tags/members/batchuntagging",
    "tags/get",
    "tags/getidlist",
    "tags/create",
)
LABEL = {choice.number: choice.tag for choice in topics("新密市")}


@pytest.fixture
def courier(town):
    return Courier(town.service, Gateway(town.service))


@pytest.fixture
def gateway(town):
    return Gateway(town.service)


@pytest.fixture
def at_platform(town):
    """The names of a phone's tags at the platform."""

    def read(phone="a") -> set[str]:
        names = {tag["id"]: tag["name"] for _, tag in town.platform.world.memory.rows("tag")}
        held = town.platform.world.follower(town.platform.openid(phone), must_follow=False)["tags"]
        return {names[id] for id in held}

    return read


@pytest.fixture
def parcel(town):
    """(state, error, attempts) of the newest tag parcel."""

    def read():
        with town.service.db.read() as tx:
            row = tx.one("select * from outbox where kind = 'tags' order by created_at desc, id desc limit 1")
            return row["state"], row["error"] or "", row["attempts"]

    return read


def drain(town, courier, rounds=1, **later):
    for _ in range(rounds):
        town.clock.advance(**(later or {"seconds": 1}))
        courier.drain("tags")


def choose(town, text, phone="a"):
    return town.platform.say(phone, text).reply.text


@pytest.fixture(autouse=True)
def following(town):
    town.platform.follow("a")


def test_a_choice_becomes_a_tag_and_nothing_is_asked_again(town, courier, at_platform, parcel):
    choose(town, "订阅 1 3")
    drain(town, courier, rounds=5)
    assert at_platform() == {LABEL[1], LABEL[3]}
    assert parcel()[0] == "sent"
    assert (town.asked(LIST), town.asked(CREATE), town.asked(TAG)) == (1, 2, 2)
    town.platform.follow("b")
    choose(town, "订阅 3", "b")
    drain(town, courier)
    assert at_platform("b") == {LABEL[3]}
    assert (town.asked(LIST), town.asked(CREATE)) == (1, 2)


@pytest.mark.parametrize("path", [HELD, LIST, CREATE, TAG])
@pytest.mark.parametrize(
    "fault", [Fault(errcode=-1), Fault(errcode=45169), Fault(errcode=45171), Fault(lost=True)], ids=repr
)
def test_after_a_passing_error_anywhere_the_tags_come_right(town, courier, at_platform, parcel, path, fault):
    town.platform.script(path, fault)
    choose(town, "订阅 1 3")
    drain(town, courier)
    assert parcel()[0] == "waiting"
    drain(town, courier, rounds=2, seconds=30)
    assert at_platform() == {LABEL[1], LABEL[3]}
    assert parcel()[0] == "sent"


def test_a_withdrawal_that_failed_is_tried_again(town, courier, at_platform, parcel):
    choose(town, "订阅 1 3")
    drain(town, courier)
    town.platform.script(UNTAG, Fault(errcode=45169))
    choose(town, "退订 1")
    drain(town, courier, rounds=2, seconds=30)
    assert at_platform() == {LABEL[3]}


def test_the_offices_own_tags_are_left_alone(town, courier, gateway, at_platform):
    own = gateway.create_tag("重点联系户")
    gateway.tag(town.platform.openid("a"), own)
    choose(town, "订阅 1")
    drain(town, courier)
    choose(town, "退订")
    drain(town, courier)
    assert at_platform() == {"重点联系户"}


def test_a_tag_that_exists_already_is_used(town, courier, gateway, at_platform):
    gateway.create_tag(LABEL[1])
    choose(town, "订阅 1")
    drain(town, courier)
    assert at_platform() == {LABEL[1]}
    assert town.asked(CREATE) == 1


def test_a_tag_that_was_deleted_at_the_platform_is_made_anew(town, courier, gateway, at_platform):
    choose(town, "订阅 1")
    drain(town, courier)
    gateway._post("tags/delete", {"tag": {"id": gateway.tags()[LABEL[1]]}})
    town.platform.follow("b")
    choose(town, "订阅 1", "b")
    drain(town, courier, rounds=3, seconds=10)
    assert at_platform("b") == {LABEL[1]}


def test_tags_are_known_again_after_the_cache_was_lost(town, courier, at_platform):
    choose(town, "订阅 1 3")
    drain(town, courier)
    town.service.db.write(lambda tx: subscription.store_tags(tx, town.service.settings.wechat.app_id, {}))
    choose(town, "退订")
    drain(town, courier)
    assert at_platform() == set()


def test_an_account_without_room_sets_what_it_can_and_staff_see_why(town, courier, at_platform, parcel):
    town.platform.script(CREATE, Fault(errcode=45056))
    choose(town, "订阅 1 3")
    drain(town, courier)
    assert len(at_platform()) == 1
    state, error, attempts = parcel()
    assert (state, attempts) == ("waiting", 1)
    assert "45056" in error
    drain(town, courier, days=1, minutes=1)
    assert at_platform() == {LABEL[1], LABEL[3]}


def test_a_follower_whose_tags_are_full_gets_the_rest_when_there_is_room(town, courier, gateway, at_platform, parcel):
    openid = town.platform.openid("a")
    others = [gateway.create_tag(f"群{number}") for number in range(20)]
    for id in others[: 20 - MOST + 1]:
        gateway.tag(openid, id)
    choose(town, "订阅 " + " ".join(str(number) for number in range(1, MOST + 1)))
    drain(town, courier)
    assert len(at_platform()) == 20
    assert "45059" in parcel()[1]
    gateway.untag(openid, others[0])
    drain(town, courier, days=1, minutes=1)
    assert len(at_platform()) == 20
    assert parcel()[0] == "sent"


def test_an_account_without_the_right_keeps_the_choice_and_says_so(town, courier, at_platform, parcel):
    town.platform.script(HELD, *[Fault(errcode=48001)] * 2)
    choose(town, "订阅 1")
    drain(town, courier, rounds=3)
    assert town.asked(HELD) == 1
    state, error, attempts = parcel()
    assert (state, attempts) == ("waiting", 0)
    assert error.startswith("公众号没有此接口权限（48001）")
    listed = choose(town, "订阅")
    assert "1 线上线下食品安全 ✓" in listed
    assert "开通后生效" in listed
    drain(town, courier, rounds=2, days=1, minutes=1)
    assert at_platform() == {LABEL[1]}
    assert "开通后生效" not in choose(town, "订阅")


@pytest.mark.parametrize("code", [40003, 43004])
def test_somebody_who_cannot_be_found_is_no_trouble(town, courier, parcel, code):
    town.platform.script(HELD, Fault(errcode=code))
    choose(town, "订阅 1")
    drain(town, courier)
    assert parcel()[:2] == ("sent", "")


def test_a_used_up_quota_waits_an_hour(town, courier, at_platform):
    town.platform.script(CREATE, Fault(errcode=45009))
    choose(town, "订阅 1")
    drain(town, courier, rounds=3, minutes=5)
    assert at_platform() == set()
    drain(town, courier, hours=1)
    assert at_platform() == {LABEL[1]}


def test_a_worker_that_died_leaves_nothing_undone(town, courier, at_platform):
    choose(town, "订阅 1")
    town.service.db.write(lambda tx: outbox.claim(tx, "tags"))
    drain(town, courier, seconds=20)
    assert at_platform() == {LABEL[1]}
