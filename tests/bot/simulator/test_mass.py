"""Mass sends: whom, how often, and never the same thing twice."""

from bot.simulator import Fault


def test_mass_send_reaches_followers_once(platform, api, webhook, cover):
    platform.follow("a")
    platform.follow("b")
    platform.unfollow("b")
    key = api.draft(cover)["media_id"]
    platform.finish_delay = 1.0
    sent = api.send(key)
    assert api.post("message/mass/get", {"msg_id": sent["msg_id"]})["msg_status"] == "SENDING"
    event = webhook.wait_for("MASSSENDJOBFINISH")
    assert [event[name] for name in ("Status", "TotalCount", "SentCount")] == ["send success", "1", "1"]
    assert event["MsgID"] == str(sent["msg_id"])
    card = platform.inbox("a")[-1].articles[0]
    assert event["ArticleUrlResult"]["ResultList"]["item"]["ArticleUrl"] == card.url
    repeat = api.send(key)
    assert (repeat["errcode"], repeat["msg_id"]) == (45065, sent["msg_id"])
    assert api.send(key, "k2")["errcode"] == 40007
    assert [bubble.how for bubble in platform.inbox("a")] == ["mass"]


def test_key_is_at_most_32_bytes_and_forgotten_after_a_day(api, cover, clock, webhook):
    assert api.send(api.draft(cover)["media_id"], "k" * 33)["errcode"] == 45067
    assert api.send(api.draft(cover)["media_id"], "k" * 32)["errcode"] == 0
    clock.forward(hours=24)
    api.fetch_token()
    assert api.send(api.draft(cover)["media_id"], "k" * 32)["errcode"] == 0


def test_without_a_key_equal_content_collides(api, cover):
    assert [api.send(api.draft(cover)["media_id"], "")["errcode"] for _ in range(2)] == [0, 45065]


def test_scope_must_be_said(platform, api, cover, webhook):
    for openid in ("a", "b"):
        platform.follow(openid)
    key = api.draft(cover)["media_id"]
    assert api.send(key, tag_id=None)["errcode"] == 40152
    assert api.send(key, is_to_all=False)["errcode"] == 40152
    assert api.send(key, tag_id=100)["errcode"] == 40152
    tag = api.post("tags/create", {"tag": {"name": "志愿者"}})["tag"]["id"]
    api.post("tags/members/batchtagging", {"tagid": tag, "openid_list": [platform.openid("b")]})
    assert api.send(key, is_to_all=False, tag_id=tag)["errcode"] == 0
    webhook.wait_for("MASSSENDJOBFINISH")
    assert [len(platform.inbox(phone)) for phone in "ab"] == [0, 1]


def test_fifth_mass_message_of_a_month_fails_for_the_follower(platform, api, cover, webhook, clock):
    platform.follow("a")
    counts = []
    for number in range(5):
        api.send(api.draft(cover)["media_id"], f"k{number}")
        counts.append(webhook.wait_for("MASSSENDJOBFINISH")["SentCount"])
    assert counts == ["1", "1", "1", "1", "0"]
    clock.forward(days=8)
    api.fetch_token()
    api.send(api.draft(cover)["media_id"], "december")
    assert webhook.wait_for("MASSSENDJOBFINISH")["SentCount"] == "1"


def test_subscription_account_sends_once_a_day(make_platform, connect):
    api = connect(make_platform(kind="subscription"))
    cover = api.upload("material/add_material")["media_id"]
    keys = [api.draft(cover)["media_id"] for _ in range(2)]
    assert [api.send(key, f"k{n}")["errcode"] for n, key in enumerate(keys)] == [0, 45028]


def test_job_that_fails_says_why(platform, api, cover, webhook):
    platform.follow("a")
    platform.script("message/mass/sendall", Fault(outcome="err(20008)"))
    number = api.send(api.draft(cover)["media_id"])["msg_id"]
    assert webhook.wait_for("MASSSENDJOBFINISH")["Status"] == "err(20008)"
    assert api.post("message/mass/get", {"msg_id": number})["msg_status"] == "SEND_FAIL"
    platform.script("freepublish/submit", Fault(outcome="4"))
    api.post("freepublish/submit", {"media_id": api.draft(cover)["media_id"]})
    assert webhook.wait_for("PUBLISHJOBFINISH")["PublishEventInfo"]["publish_status"] == "4"
    assert platform.inbox("a") == []


def test_the_speed_is_told_and_nothing_is_sent(platform, api):
    platform.follow("a")
    assert api.post("message/mass/speed/get", {})["speed"] == 3
    assert platform.inbox("a") == []
