"""Which bodies are taken in: anybody's within a size and a time, at the webhook only under its signature."""

from urllib.parse import urlencode

import pytest

from bot.web.gate import Gate
from bot.wechat import webhook
from bot.wechat.wire import Wire
from tests.verbs import SIGNED

RIGHT = {"signature": Wire(SIGNED).signature("1", "2"), "timestamp": "1", "nonce": "2"}


def test_a_body_is_read_within_a_size_and_a_time():
    gate = Gate()
    assert gate.reads("anything")
    assert (gate.limit, gate.seconds) == (32 * 1024 * 1024, 60)


@pytest.mark.parametrize(
    ("query", "reads"),
    [
        (RIGHT, True),
        (RIGHT | {"msg_signature": "judged with the body", "openid": "o1"}, True),
        ({"msg_signature": "judged with the body", "timestamp": "1", "nonce": "2"}, True),
        (RIGHT | {"signature": "0" * 40}, False),
        (RIGHT | {"nonce": "3"}, False),
        ({}, False),
    ],
)
def test_a_message_is_read_only_under_a_signature(service, query, reads):
    gate = webhook.gate(service)
    assert gate.reads(urlencode(query)) == reads
    assert (gate.limit, gate.seconds) == (1024 * 1024, 3)
