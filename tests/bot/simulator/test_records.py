"""What the platform tells those who look at it: calls, bubbles, deliveries."""

import pytest
import requests

from bot.simulator import Fault


def test_a_call_is_kept_with_its_answer_even_where_that_was_lost(platform, api, clock):
    platform.script("tags/create", Fault(lost=True))
    with pytest.raises(requests.ConnectionError):
        api.post("tags/create", {"tag": {"name": "甲"}})
    call = platform.calls[-1]
    assert (call.path, call.body, call.at) == ("tags/create", {"tag": {"name": "甲"}}, clock())
    assert call.outcome["tag"]["name"] == "甲"


def test_a_bubble_says_who_sent_what(platform):
    platform.follow("a")
    platform.say("a", "在吗")
    platform.location("a", 34.5, 113.4, "西大街")
    said, place = platform.inbox("a")
    assert (said.sender, said.kind, said.text) == ("me", "text", "在吗")
    assert (place.sender, place.kind, place.extra["label"]) == ("me", "location", "西大街")
