"""订阅 and 退订: what is chosen, what is said, and what only sounds like it."""

import pytest

from handlers.exposure.topics import MOST, topics
from storage.chat import follower, subscription

HERE = "新密市"
NUMBER = {choice.label: choice.number for choice in topics(HERE)}


@pytest.fixture
def mine(ask, phone):
    """The labels chosen now."""

    def read() -> set[str]:
        chosen = ask(lambda tx: subscription.chosen(tx, follower.sender_of(tx, phone.openid)))
        return {choice.label for choice in topics(HERE) if choice.topic in chosen}

    return read


def test_the_list_numbers_every_choice_marks_the_chosen_and_tells_the_difference(phone):
    listed = phone.say("订阅")
    assert all(f"{choice.number} {choice.label}" in listed for choice in topics(HERE))
    assert listed.count("✓") == 1  # the legend
    assert "办理通知不用订阅" in listed
    phone.say("订阅 1")
    assert f"1 {topics(HERE)[0].label} ✓" in phone.say("订阅")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("订阅 1 3", {"线上线下食品安全", "网红食品"}),
        ("订阅1 3", {"线上线下食品安全", "网红食品"}),
        ("订阅１、３", {"线上线下食品安全", "网红食品"}),
        ("订阅：1，3", {"线上线下食品安全", "网红食品"}),
        ("订阅　网红食品　超化镇", {"网红食品", "超化镇"}),
        ("订阅网红食品", {"网红食品"}),
        ("订阅 网红 超化", {"网红食品", "超化镇"}),
        ("订阅 超化镇。", {"超化镇"}),
        ("订阅\n超化镇\n来集镇", {"超化镇", "来集镇"}),
        ("订阅 1 1 01 线上线下食品安全", {"线上线下食品安全"}),
    ],
)
def test_choices_are_read_in_any_dress(phone, mine, text, labels):
    reply = phone.say(text)
    assert mine() == labels
    assert "已订阅" in reply
    assert all(label in reply for label in labels)


def test_choices_add_up_and_are_ended_one_by_one_or_all(phone, mine):
    phone.say("订阅 1")
    phone.say("订阅 超化镇 3")
    assert len(mine()) == 3
    reply = phone.say("退订 3")
    assert "已退订：网红食品" in reply
    assert "超化镇" in reply
    assert mine() == {"线上线下食品安全", "超化镇"}
    assert "已退订：线上线下食品安全、超化镇" in phone.say("退订")
    assert mine() == set()
    assert "现在没有订阅" in phone.say("退订")


@pytest.mark.parametrize("text", ["订阅 99", "订阅 0", "订阅 食品", "订阅 天上人间", "订阅 -1", "订阅 ①②③④"])
def test_what_is_no_choice_is_named_and_the_list_shown(phone, mine, text):
    reply = phone.say(text)
    assert reply.startswith("没有找到")
    assert "想收到" in reply
    assert mine() == set()


def test_a_wrong_word_beside_a_right_one_is_named(phone, mine):
    assert "没有找到：火星镇" in phone.say("订阅 超化镇 火星镇")
    assert mine() == {"超化镇"}


def test_ending_what_is_not_chosen_ends_nothing(phone, mine):
    phone.say("订阅 1")
    for text in ("退订 2", "退订 火星镇"):
        assert "想收到" in phone.say(text)
        assert mine() == {"线上线下食品安全"}


def test_more_than_a_follower_can_carry_is_refused_as_a_whole(phone, mine):
    reply = phone.say("订阅 " + " ".join(str(number) for number in range(1, MOST + 2)))
    assert f"最多能选{MOST}项" in reply
    assert mine() == set()
    phone.say("订阅 " + " ".join(str(number) for number in range(1, MOST + 1)))
    assert len(mine()) == MOST


@pytest.mark.parametrize(
    "text",
    ["退订单的钱", "订阅号怎么关注", "订阅了他家会员不退", "退订金", "退订2份外卖", "我要订阅", "退订酒席的定金不给"],
)
def test_an_ordinary_sentence_is_not_swallowed(phone, mine, parcels, text):
    phone.say("订阅 1")
    reply = phone.say(text) or ""
    assert mine() == {"线上线下食品安全"}
    assert "退订：" not in reply
    assert "想收到" not in reply


def test_in_a_talk_the_word_is_an_answer_when_there_is_nothing_to_end(phone, mine):
    phone.say("投诉")
    for answer in ("健身餐店", "青屏大街1号"):
        phone.say(answer)
    assert "诉求" in phone.say("订阅 了他家的月卡不给退")
    assert "照片" in phone.say("退订")
    assert mine() == set()


def test_in_a_talk_the_list_can_be_asked_for_and_the_talk_goes_on(phone, mine):
    phone.say("订阅 1")
    phone.say("举报")
    phone.say("1")
    assert "想收到" in phone.say("订阅")
    assert "已退订" in phone.say("退订")
    assert mine() == set()
    assert "【地址】" in phone.say("老王熟食店")


def test_later_choices_replace_the_parcel_that_waits(phone, parcels):
    for text in ("订阅 1", "订阅 2", "退订 1", "退订"):
        phone.say(text)
    (parcel,) = parcels("tags")
    assert parcel.state == "waiting"
    assert phone.openid not in parcel.subject.about
    assert parcel.payload == {}


def test_what_changes_nothing_asks_nothing_of_the_platform(phone, parcels):
    for text in ("订阅", "退订", "订阅 火星镇", "退订 1"):
        phone.say(text)
    assert parcels("tags") == []


def test_choosing_again_what_is_chosen_shows_the_list_and_that_it_waits(phone):
    phone.say("订阅 1")
    assert "开通后生效" in phone.say("订阅 1")


def test_leaving_erases_the_choices_and_what_waits_for_them(phone, other_phone, parcels, ask):
    phone.event("subscribe")
    phone.say("订阅 1 超化镇")
    other_phone.say("订阅 2")
    phone.event("unsubscribe")
    assert ask(lambda tx: tx.value("select count(*) from subscription")) == 1
    assert len(parcels("tags")) == 1
    phone.event("subscribe")
    assert "现在没有订阅" in phone.say("退订")


def test_nobody_is_named_where_choices_are_kept(phone, ask):
    phone.say("订阅 1")
    assert phone.openid not in str(ask(lambda tx: tx.all("select * from subscription")))
