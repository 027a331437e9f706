"""Following and leaving."""

import pytest

from storage import follower
from storage.records import Role


@pytest.mark.parametrize("key", ["", "qrscene_12"])
def test_a_new_follower_is_welcomed_and_counted_once(phone, ask, key):
    for _ in range(2):
        assert "欢迎关注新密市场监管" in phone.event("subscribe", key)
    assert ask(follower.count) == 1


@pytest.mark.parametrize("name", ["subscribe_msg_popup_event", "subscribe_msg_sent_event"])
def test_an_event_that_only_sounds_like_it_is_none(phone, ask, name):
    assert phone.event(name) is None
    assert ask(follower.count) == 0


def test_leaving_erases_profile_and_talk_and_keeps_the_case(phone, tip, ask, stored):
    phone.event("subscribe")
    tip()
    phone.say("举报")
    assert phone.event("unsubscribe") is None
    assert ask(follower.count) == 0
    assert ask(lambda tx: tx.value("select count(*) from talk")) == 0
    assert len(stored()) == 1


def test_leaving_twice_or_without_having_followed_is_harmless(phone):
    assert phone.event("unsubscribe") is None
    assert phone.event("unsubscribe") is None


def test_coming_back_is_told_how_many_cases_are_open(phone, other_phone, tip, act, hire):
    first = tip()
    tip()
    act(first.number, "decline", hire("wang", Role.INTAKE), note="不属实")
    phone.event("unsubscribe")
    assert "还有1件正在办理" in phone.event("subscribe")
    assert "正在办理" not in other_phone.event("subscribe")
