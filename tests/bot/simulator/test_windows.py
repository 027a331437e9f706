"""When the account may write of its own accord."""


def test_five_within_48_hours_of_a_message(platform, api, clock):
    platform.follow("a")
    clock.forward(minutes=2)
    assert api.tell(platform.openid("a")) == 45015
    platform.say("a", "在吗")
    assert [api.tell(platform.openid("a")) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    platform.say("a", "在吗")
    clock.forward(hours=47)
    api.fetch_token()
    assert api.tell(platform.openid("a")) == 0
    clock.forward(hours=1)
    api.fetch_token()
    assert api.tell(platform.openid("a")) == 45015
    assert [bubble.how for bubble in platform.inbox("a")].count("custom") == 6


def test_three_within_a_minute_of_follow_click_and_scan(platform, api, clock):
    scan = {"MsgType": "event", "Event": "SCAN", "EventKey": "1"}
    for act in (platform.follow, lambda p: platform.click(p, "report"), lambda p: platform.deliver(p, scan)):
        act("a")
        assert [api.tell(platform.openid("a")) for _ in range(4)] == [0, 0, 0, 45047]
        clock.forward(minutes=1)
        assert api.tell(platform.openid("a")) == 45015
