"""A follower chooses, changes their mind, leaves and comes back; the tags at the platform go along."""

import pytest

from bot.simulator import Fault
from handlers.exposure.topics import TAG_PREFIX, topics

LABELS = {choice.label: choice for choice in topics("新密市")}


@pytest.fixture
def tags(town):
    """What a phone is tagged with at the platform, without the prefix."""

    def read(phone="a") -> set[str]:
        names = {tag["id"]: tag["name"] for _, tag in town.platform.world.memory.rows("tag")}
        held = town.platform.world.follower(town.platform.openid(phone), must_follow=False)["tags"]
        return {names[id].removeprefix(TAG_PREFIX) for id in held}

    return read


def test_the_tags_equal_the_choice_after_every_change(town, tags):
    town.platform.follow("a")
    town.platform.follow("b")
    for text, expected in (
        ("订阅 网红食品 超化镇", {"网红食品", "超化镇"}),
        ("订阅 来集镇", {"网红食品", "超化镇", "来集镇"}),
        ("退订 超化镇", {"网红食品", "来集镇"}),
        ("退订", set()),
        ("订阅 超化镇", {"超化镇"}),
    ):
        town.platform.say("a", text)
        town.work(rounds=2, seconds=2)
        assert tags("a") == expected
    assert tags("b") == set()


def test_the_last_of_several_quick_choices_wins_though_the_platform_stumbles(town, tags):
    town.platform.follow("a")
    town.platform.script("tags/members/batchtagging", Fault(errcode=45169), Fault(lost=True))
    town.platform.script("tags/getidlist", Fault(errcode=-1))
    for text in ("订阅 网红食品", "订阅 超化镇", "退订 网红食品", "订阅 来集镇"):
        town.platform.say("a", text)
        town.work()
    town.work_until(lambda: tags("a") == {"超化镇", "来集镇"})
    town.work(rounds=10, seconds=30)
    assert tags("a") == {"超化镇", "来集镇"}
    assert "开通后生效" not in town.platform.say("a", "订阅").reply.text


def test_who_leaves_is_forgotten_and_starts_anew(town, tags):
    town.platform.follow("a")
    town.platform.say("a", "订阅 网红食品 超化镇")
    town.work(rounds=2, seconds=2)
    town.platform.say("a", "订阅 来集镇")
    town.platform.unfollow("a")
    town.work(rounds=2, seconds=2)
    with town.service.db.read() as tx:
        assert tx.value("select count(*) from subscription") == 0
        assert tx.value("select count(*) from outbox where kind = 'tags' and state <> 'sent'") == 0
    town.platform.follow("a")
    assert town.platform.say("a", "订阅").reply.text.count("✓") == 1  # the legend
    town.platform.say("a", "订阅 超化镇")
    town.work(rounds=2, seconds=2)
    assert tags("a") == {"超化镇"}


def test_a_choice_is_brought_after_the_person_left_meanwhile(town, tags):
    town.platform.follow("a")
    town.platform.say("a", "订阅 网红食品")
    town.platform.world.change_follower(town.platform.openid("a"), followed=False)
    town.work(rounds=3, seconds=2)
    with town.service.db.read() as tx:
        assert tx.value("select state from outbox where kind = 'tags'") == "sent"
    assert tags("a") == set()


def test_a_notice_on_ones_own_case_needs_no_subscription(town):
    town.platform.follow("a")
    assert "办理通知" in town.platform.say("a", "订阅").reply.text
    assert "办理通知" in town.platform.say("a", "订阅 1").reply.text
    assert "办理通知" in town.platform.say("a", "退订").reply.text
