"""What reaches the webhook, and what the phone shows of the answer."""

import hashlib
import time

import pytest

from bot.simulator.platform import BROKEN

from .receiver import TOKEN, text_reply


def test_message_is_signed_encrypted_and_answered(platform, webhook):
    webhook.answer = lambda fields: (200, text_reply(fields, "您好：" + str(fields.get("Content"))))
    platform.follow("a")
    delivery = platform.say("a", "曝光 <b>]]></b>")
    assert (delivery.status, delivery.reply.kind, delivery.reply.text[:3]) == (200, "text", "您好：")
    received, query = webhook.received[-1], webhook.queries[-1]
    assert received["Content"] == "曝光 <b>]]></b>"
    assert received["FromUserName"] == query["openid"] == platform.openid("a")
    assert len(platform.openid("a")) == 28
    signed = "".join(sorted([TOKEN, query["timestamp"], query["nonce"]]))
    assert query["signature"] == hashlib.sha1(signed.encode()).hexdigest()
    assert b"Content" not in webhook.raw[-1]
    assert [(b.sender, b.how) for b in platform.inbox("a")][-2:] == [("me", ""), ("account", "passive")]


@pytest.mark.parametrize(("mode", "shows"), [("plain", True), ("compatible", True), ("safe", False)])
def test_modes_differ_in_what_travels_in_the_open(make_platform, webhook, mode, shows):
    webhook.mode = mode
    platform = make_platform(mode=mode)
    platform.follow("a")
    assert platform.say("a", "你好").status == 200
    assert ("你好".encode() in webhook.raw[-1]) is shows
    assert (b"<Encrypt>" in webhook.raw[-1]) is (mode != "plain")


def test_silence_is_tried_three_times_with_the_same_message(platform, webhook):
    platform.follow("a")
    platform.answer_within = 0.1
    webhook.answer = lambda fields: time.sleep(0.3) or (200, b"success")
    delivery = platform.say("a", "在吗")
    assert (delivery.status, delivery.tries, delivery.broken) == (0, 3, True)
    assert len({fields["MsgId"] for fields in webhook.received[-3:]}) == 1
    assert platform.inbox("a")[-1].text == BROKEN


def test_retry_stops_at_the_first_answer(platform, webhook):
    platform.follow("a")
    answers = iter([(503, b""), (200, b"")])
    webhook.answer = lambda fields: next(answers)
    delivery = platform.say("a", "在吗")
    assert (delivery.status, delivery.tries, delivery.broken) == (200, 2, False)


@pytest.mark.parametrize("answer", [b'{"ok":1}', b"<xml></xml>", b"<xml><a>"])
def test_malformed_answer_shows_the_tip(platform, webhook, answer):
    platform.follow("a")
    webhook.answer = lambda fields: (200, answer)
    assert platform.say("a", "在吗").broken
    assert platform.inbox("a")[-1].text == BROKEN


def test_reply_of_2047_bytes_is_shown_and_one_more_is_not(platform, webhook):
    platform.follow("a")
    webhook.answer = lambda fields: (200, text_reply(fields, "a" * int(fields["Content"])))
    assert platform.say("a", "2047").reply.text == "a" * 2047
    assert platform.say("a", "2048").broken
