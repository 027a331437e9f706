"""The platform as phones and tests use it: what it pushes, when, and to whom."""

import time

import pytest

from bot.simulator import Fault

from .receiver import text_reply


def test_slow_answer(platform, api):
    platform.script("tags/get", Fault(delay=0.15))
    began = time.monotonic()
    api.get("tags/get")
    assert time.monotonic() - began >= 0.15


def test_finish_event_may_overtake_the_answer(platform, api, webhook):
    cover = api.upload("material/add_material")["media_id"]
    platform.finish_delay = 60
    platform.script("message/mass/sendall", Fault(event_first=True))
    number = api.send(api.draft(cover)["media_id"])["msg_id"]
    assert webhook.received[-1]["MsgID"] == str(number)


def test_copies_are_the_same_message_at_once(platform, webhook):
    platform.follow("a")
    webhook.answer = lambda fields: (200, text_reply(fields, "收到"))
    delivery = platform.deliver("a", {"MsgType": "text", "Content": "举报"}, copies=4)
    assert [other.reply.text for other in delivery.others] == ["收到"] * 3
    assert len({fields["MsgId"] for fields in webhook.received[-4:]}) == 1
    assert [bubble.text for bubble in platform.inbox("a")] == ["举报", "收到"]


def test_fields_can_be_anything(platform, webhook):
    platform.deliver("a", {"MsgType": "未来", "MsgId": None, "Deep": {"List": [{"X": "1"}, {"X": "2"}]}})
    assert "MsgId" not in webhook.received[-1]
    assert [item["X"] for item in webhook.received[-1]["Deep"]["List"]] == ["1", "2"]


def test_who_does_not_follow_cannot_write(platform):
    with pytest.raises(ValueError, match="follow"):
        platform.say("a", "在吗")
