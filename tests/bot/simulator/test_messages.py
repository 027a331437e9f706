"""Messages of the account's own accord: to whom, how long, and the sign that it is writing."""


def test_who_is_unknown_or_gone_cannot_be_reached(platform, api):
    platform.follow("a")
    platform.unfollow("a")
    assert api.tell(platform.openid("a")) == 43004
    assert api.post("message/custom/send", {"touser": "o" * 28, "msgtype": "text"})["errcode"] == 40003


def test_text_is_at_most_2048_bytes_and_not_empty(platform, api):
    platform.follow("a")
    assert api.tell(platform.openid("a"), "汉" * 682 + "ab") == 0
    assert api.tell(platform.openid("a"), "汉" * 683) == 45002
    assert api.tell(platform.openid("a"), "") == 44004


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


def test_nobody_answers_on_the_platforms_own_desk(api):
    assert api.get("customservice/getkflist").json()["kf_list"] == []
