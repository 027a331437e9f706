"""One person's flood slows that person, loses nothing, and slows nobody else."""

import pytest

from bot.worker.sweep import sweep

LIMIT = 20


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr("handlers.chat.flood.LIMIT", LIMIT)


def flood(phone, clock, count):
    replies = []
    for number in range(count):
        clock.advance(seconds=-0.9)
        replies.append(phone.say(f"帮助{'！' * (number % 3)}"))
    return replies


def test_a_flood_waits_its_turn_and_is_told_so_once(phone, clock):
    replies = flood(phone, clock, LIMIT + 5)
    assert all("举报" in reply for reply in replies[:LIMIT])
    assert [reply is None for reply in replies[LIMIT:]] == [False, True, True, True, True]
    assert "按顺序" in replies[LIMIT]


def test_others_are_answered_at_once_meanwhile(phone, other_phone, clock):
    flood(phone, clock, LIMIT + 3)
    assert "举报" in other_phone.say("帮助")


def test_nothing_is_lost(phone, clock, service, stored, parcels):
    flood(phone, clock, LIMIT + 1)
    phone.say("孩子刚吃完午饭就上吐下泻，现在喘不上气")
    assert stored() == []
    while sweep(service):
        pass
    assert len(stored()) == 1
    assert any(stored()[0].number in parcel.payload["text"] for parcel in parcels())


def test_a_labelled_report_never_waits(phone, clock, stored):
    flood(phone, clock, LIMIT + 1)
    assert "SA2026" in phone.say("举报 店名：老王熟食店 地址：青屏大街 问题：肉臭")


def test_the_flood_is_over_when_it_is_over(phone, clock, service):
    flood(phone, clock, LIMIT + 1)
    while sweep(service):
        pass
    clock.advance(minutes=2)
    assert "举报" in phone.say("帮助")
