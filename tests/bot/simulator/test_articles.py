"""Media, drafts, publications and mass sends."""

import pytest

from bot.simulator import Fault, samples
from tests.verbs import until


def upload(api, path, content=None, name="a.jpg", kind="image"):
    return api.post(f"{path}?type={kind}", media=(name, content or samples.photo()))


@pytest.fixture
def cover(api):
    return upload(api, "material/add_material")["media_id"]


def article(cover, **changes):
    return {"title": "曝光", "content": "<p>正文</p>", "thumb_media_id": cover, **changes}


def draft(api, cover, **changes):
    return api.post("draft/add", {"articles": [article(cover, **changes)]})


def send(api, media_id, key="k1", **scope):
    body = {"filter": scope or {"is_to_all": True}, "msgtype": "mpnews", "mpnews": {"media_id": media_id}}
    return api.post("message/mass/sendall", body | ({"clientmsgid": key} if key else {}))


def test_followers_media_live_three_days(platform, api, webhook, clock):
    platform.follow("a")
    platform.picture("a", samples.photo())
    key = webhook.received[-1]["MediaId"]
    answer = api.get("media/get", media_id=key)
    assert (answer.content, answer.headers["Content-Type"]) == (samples.photo(), "image/jpeg")
    clock.forward(days=3)
    api.fetch_token()
    assert api.get("media/get", media_id=key).json()["errcode"] == 40007


def test_a_video_comes_as_an_address(platform, api, webhook):
    platform.follow("a")
    platform.video("a", b"\0\0\0\x18ftypmp42" + b"\0" * 64)
    assert "/media/" in api.get("media/get", media_id=webhook.received[-1]["MediaId"]).json()["video_url"]


def test_uploads_are_checked(api):
    assert upload(api, "media/upload", b"text")["errcode"] == 40005
    assert upload(api, "media/upload", kind="zap")["errcode"] == 40004
    assert upload(api, "media/upload", samples.photo() + b"\0" * 65536, kind="thumb")["errcode"] == 40006
    assert upload(api, "media/uploadimg", b"GIF89a")["errcode"] == 40005
    assert upload(api, "media/uploadimg", samples.photo() + b"\0" * 2**20)["errcode"] == 40009
    assert upload(api, "media/upload", samples.amr(), "a.amr", "voice")["type"] == "voice"


def test_draft_limits(api, cover):
    temporary = upload(api, "media/upload")["media_id"]
    wrong = [
        (45003, {"title": "字" * 33}),
        (45110, {"author": "字" * 17}),
        (45004, {"digest": "字" * 129}),
        (45005, {"content_source_url": "u" * 1025}),
        (45002, {"content": "字" * 20_000}),
        (40007, {"thumb_media_id": temporary}),
        (40007, {"thumb_media_id": ""}),
    ]
    assert [draft(api, cover, **change)["errcode"] for _, change in wrong] == [code for code, _ in wrong]
    assert draft(api, cover, title="字" * 32, author="字" * 16, digest="字" * 128)["errcode"] == 0
    assert api.post("draft/add", {"articles": [article(cover)] * 9})["errcode"] == 45008
    assert api.post("draft/add", {"articles": []})["errcode"] == 44003
    assert api.get("draft/count").json()["total_count"] == 1


def test_draft_keeps_only_harmless_html_and_own_pictures(api, cover):
    own = upload(api, "media/uploadimg")["url"]
    html = (
        '<p id="x" class="y" style="color: red; position: fixed" onclick="z()">好</p><script>bad()</script>'
        f'<img src="{own}"><img src="https://elsewhere.example/x.png"><a href="https://e.example">去</a>'
    )
    key = draft(api, cover, content=html)["media_id"]
    kept = api.post("draft/get", {"media_id": key})["news_item"][0]
    assert kept["content"] == f'<p style="color: red">好</p><img src="{own}">去'
    assert kept["digest"] == "好 去"


def test_publication_ends_with_its_event(platform, api, webhook, cover):
    key = draft(api, cover)["media_id"]
    number = api.post("freepublish/submit", {"media_id": key})["publish_id"]
    result = webhook.wait_for("PUBLISHJOBFINISH")["PublishEventInfo"]
    assert (result["publish_id"], result["publish_status"]) == (number, "0")
    asked = api.post("freepublish/get", {"publish_id": number})
    assert asked["article_id"] == result["article_id"]
    assert asked["article_detail"]["item"][0]["article_url"].startswith("http")
    assert api.post("draft/get", {"media_id": key})["errcode"] == 40007
    assert api.post("freepublish/submit", {"media_id": key})["errcode"] == 40007
    assert platform.inbox("a") == []


def test_mass_send_reaches_followers_once(platform, api, webhook, cover):
    platform.follow("a")
    platform.follow("b")
    platform.unfollow("b")
    key = draft(api, cover)["media_id"]
    platform.finish_delay = 1.0
    sent = send(api, key)
    assert api.post("message/mass/get", {"msg_id": sent["msg_id"]})["msg_status"] == "SENDING"
    event = webhook.wait_for("MASSSENDJOBFINISH")
    assert [event[name] for name in ("Status", "TotalCount", "SentCount")] == ["send success", "1", "1"]
    assert event["MsgID"] == str(sent["msg_id"])
    card = platform.inbox("a")[-1].articles[0]
    assert event["ArticleUrlResult"]["ResultList"]["item"]["ArticleUrl"] == card.url
    repeat = send(api, key)
    assert (repeat["errcode"], repeat["msg_id"]) == (45065, sent["msg_id"])
    assert send(api, key, "k2")["errcode"] == 40007
    assert [bubble.how for bubble in platform.inbox("a")] == ["mass"]


def test_key_is_at_most_32_bytes_and_forgotten_after_a_day(api, cover, clock, webhook):
    assert send(api, draft(api, cover)["media_id"], "k" * 33)["errcode"] == 45067
    assert send(api, draft(api, cover)["media_id"], "k" * 32)["errcode"] == 0
    clock.forward(hours=24)
    api.fetch_token()
    assert send(api, draft(api, cover)["media_id"], "k" * 32)["errcode"] == 0


def test_without_a_key_equal_content_collides(api, cover):
    assert [send(api, draft(api, cover)["media_id"], "")["errcode"] for _ in range(2)] == [0, 45065]


def test_scope_must_be_said(platform, api, cover, webhook):
    for openid in ("a", "b"):
        platform.follow(openid)
    key = draft(api, cover)["media_id"]
    assert send(api, key, tag_id=None)["errcode"] == 40152
    assert send(api, key, is_to_all=False)["errcode"] == 40152
    assert send(api, key, tag_id=100)["errcode"] == 40152
    tag = api.post("tags/create", {"tag": {"name": "志愿者"}})["tag"]["id"]
    api.post("tags/members/batchtagging", {"tagid": tag, "openid_list": [platform.openid("b")]})
    assert send(api, key, is_to_all=False, tag_id=tag)["errcode"] == 0
    webhook.wait_for("MASSSENDJOBFINISH")
    assert [len(platform.inbox(phone)) for phone in "ab"] == [0, 1]


def test_fifth_mass_message_of_a_month_fails_for_the_follower(platform, api, cover, webhook, clock):
    platform.follow("a")
    counts = []
    for number in range(5):
        send(api, draft(api, cover)["media_id"], f"k{number}")
        counts.append(webhook.wait_for("MASSSENDJOBFINISH")["SentCount"])
    assert counts == ["1", "1", "1", "1", "0"]
    clock.forward(days=8)
    api.fetch_token()
    send(api, draft(api, cover)["media_id"], "december")
    assert webhook.wait_for("MASSSENDJOBFINISH")["SentCount"] == "1"


def test_subscription_account_sends_once_a_day(make_platform, connect):
    api = connect(make_platform(kind="subscription"))
    cover = upload(api, "material/add_material")["media_id"]
    keys = [draft(api, cover)["media_id"] for _ in range(2)]
    assert [send(api, key, f"k{n}")["errcode"] for n, key in enumerate(keys)] == [0, 45028]


def test_job_that_fails_says_why(platform, api, cover, webhook):
    platform.follow("a")
    platform.script("message/mass/sendall", Fault(outcome="err(20008)"))
    number = send(api, draft(api, cover)["media_id"])["msg_id"]
    assert webhook.wait_for("MASSSENDJOBFINISH")["Status"] == "err(20008)"
    assert api.post("message/mass/get", {"msg_id": number})["msg_status"] == "SEND_FAIL"
    platform.script("freepublish/submit", Fault(outcome="4"))
    api.post("freepublish/submit", {"media_id": draft(api, cover)["media_id"]})
    assert webhook.wait_for("PUBLISHJOBFINISH")["PublishEventInfo"]["publish_status"] == "4"
    assert platform.inbox("a") == []


def test_finish_event_may_be_missing(platform, api, cover, webhook):
    platform.script("freepublish/submit", Fault(no_event=True))
    number = api.post("freepublish/submit", {"media_id": draft(api, cover)["media_id"]})["publish_id"]
    until(lambda: api.post("freepublish/get", {"publish_id": number})["publish_status"] == 0, "the publication")
    assert webhook.received == []
