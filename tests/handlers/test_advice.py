"""Help, silence for events, and an answer to everything else."""

import pytest


@pytest.mark.parametrize("ask", ["帮助", " 帮 助 ", "帮助！"])
def test_help_shows_a_whole_report(phone, ask):
    assert "举报 店名：" in phone.say(ask)


def test_the_example_in_the_help_is_itself_accepted(phone, stored):
    example = next(line for line in phone.say("帮助").splitlines() if line.startswith("举报 店名"))
    phone.say(example)
    assert len(stored()) == 1


def test_the_menu_helps_too(phone):
    assert phone.event("CLICK", "help") == phone.say("帮助")


@pytest.mark.parametrize("name", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "never_heard_of"])
def test_other_events_are_answered_with_silence(phone, name):
    assert phone.event(name, "x") is None


def test_an_unknown_menu_key_is_silent(phone):
    assert phone.event("CLICK", "old_key") is None


def test_anything_else_is_answered_with_what_can_be_done(phone):
    for reply in (
        phone.say("随便说点什么"),
        phone.send(MsgType="link", Title="t", Description="d", Url="u"),
        phone.send(MsgType="hologram"),
    ):
        assert "回复“举报”" in reply
        assert "120" in reply
