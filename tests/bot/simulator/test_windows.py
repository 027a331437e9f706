"""When the account may write of its own accord."""


def send(api, platform, content="您好", phone="a"):
    body = {"touser": platform.openid(phone), "msgtype": "text", "text": {"content": content}}
    return api.post("message/custom/send", body)["errcode"]


def test_five_within_48_hours_of_a_message(platform, api, clock):
    platform.follow("a")
    clock.forward(minutes=2)
    assert send(api, platform) == 45015
    platform.say("a", "在吗")
    assert [send(api, platform) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    platform.say("a", "在吗")
    clock.forward(hours=47)
    api.fetch_token()
    assert send(api, platform) == 0
    clock.forward(hours=1)
    api.fetch_token()
    assert send(api, platform) == 45015
    assert [bubble.how for bubble in platform.inbox("a")].count("custom") == 6


def test_three_within_a_minute_of_follow_click_and_scan(platform, api, clock):
    scan = {"MsgType": "event", "Event": "SCAN", "EventKey": "1"}
    for act in (platform.follow, lambda p: platform.click(p, "report"), lambda p: platform.deliver(p, scan)):
        act("a")
        assert [send(api, platform) for _ in range(4)] == [0, 0, 0, 45047]
        clock.forward(minutes=1)
        assert send(api, platform) == 45015


def test_who_is_unknown_or_gone_cannot_be_reached(platform, api):
    platform.follow("a")
    platform.unfollow("a")
    assert send(api, platform) == 43004
    assert api.post("message/custom/send", {"touser": "o" * 28, "msgtype": "text"})["errcode"] == 40003


def test_text_is_at_most_2048_bytes_and_not_empty(platform, api):
    platform.follow("a")
    assert send(api, platform, "汉" * 682 + "ab") == 0
    assert send(api, platform, "汉" * 683) == 45002
    assert send(api, platform, "") == 44004


def test_escaped_chinese_reaches_the_phone_as_written(platform, api):
    platform.follow("a")
    raw = '{"touser":"%s","msgtype":"text","text":{"content":"\\u4f60\\n"}}' % platform.openid("a")  # noqa: UP031
    assert api.post("message/custom/send", raw=raw.encode())["errcode"] == 0
    assert platform.inbox("a")[-1].text == "\\u4f60\n"


def test_typing_needs_a_recent_act_and_is_not_set_twice(platform, api, clock):
    platform.follow("a")
    body = {"touser": platform.openid("a"), "command": "Typing"}
    assert [api.post("message/custom/typing", body)["errcode"] for _ in range(2)] == [0, 45081]
    assert platform.typing("a")
    clock.forward(seconds=31)
    assert api.post("message/custom/typing", body)["errcode"] == 45080


def test_notices_need_consent_and_templates_a_service_account(platform, api, webhook):
    platform.follow("a")
    notice = {"touser": platform.openid("a"), "template_id": "t1", "data": {"thing1": {"value": "已受理"}}}
    assert api.post("message/subscribe/bizsend", notice)["errcode"] == 43101
    platform.consent("a", "t1")
    assert [api.post("message/subscribe/bizsend", notice)["errcode"] for _ in range(2)] == [0, 43101]
    assert webhook.wait_for("subscribe_msg_sent_event")["SubscribeMsgSentEvent"]["List"]["ErrorCode"] == "0"
    assert api.post("message/template/send", notice)["errcode"] == 0
    assert webhook.wait_for("TEMPLATESENDJOBFINISH")["Status"] == "success"


def test_template_is_refused_to_subscription_accounts(make_platform, connect):
    platform = make_platform(kind="subscription")
    assert connect(platform).post("message/template/send", {"touser": "x"})["errcode"] == 48001
