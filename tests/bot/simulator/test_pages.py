"""The pages over HTTP: data, acts, articles, and who may post."""

import hashlib
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.simulator import create_blueprint, samples
from tests.verbs import until

from .receiver import APP_ID, text_reply

OWN = {"X-Simulator": "1"}


@pytest.fixture
def page(platform, clock) -> FlaskClient:
    app = Flask("test")
    advance = lambda span: clock.forward(seconds=span / timedelta(seconds=1))  # noqa: E731
    app.register_blueprint(create_blueprint(platform, advance=advance), url_prefix="/simulator")
    return app.test_client()


def act(page, phone, name, **body):
    return page.post(f"/simulator/phones/{phone}/{name}", json=body, headers=OWN).status_code


def test_page_shows_two_phones_under_a_strict_policy(page):
    answer = page.get("/simulator/")
    assert answer.text.count('data-testid="follow"') == 2
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert "style=" not in answer.text


def test_talk_appears_in_the_state(page, platform, webhook):
    webhook.answer = lambda fields: (200, text_reply(fields, "收到"))
    assert act(page, "a", "say", text="在吗") == 409
    assert act(page, "a", "follow") == 202
    until(lambda: len(platform.inbox("a")) == 1, "the first bubble on the phone")
    assert act(page, "a", "say", text="在吗") == 202
    until(lambda: len(platform.inbox("a")) == 3, "the reply on the phone")
    shown = page.get("/simulator/state.json").json["phones"]["a"]
    assert [bubble["from"] for bubble in shown["bubbles"]] == ["account", "me", "account"]


def test_every_act_reaches_the_webhook(page, platform, webhook):
    platform.follow("b")
    acts = {
        "sample-picture": {},
        "voice": {"seconds": 12},
        "location": {"latitude": "34.5", "longitude": "113.4", "label": "西大街"},
        "click": {"key": "report"},
        "view": {"url": "https://example.org/"},
        "choose": {"id": "1", "text": "满意"},
    }
    for name, body in acts.items():
        assert act(page, "b", name, **body) == 202
    page.post("/simulator/phones/b/picture", data=samples.photo(), headers=OWN)
    until(lambda: len(webhook.received) == 8, "the eighth message at the webhook")
    kinds = sorted(fields.get("Event") or fields["MsgType"] for fields in webhook.received)
    assert kinds == ["CLICK", "VIEW", "image", "image", "location", "subscribe", "text", "voice"]
    voice = next(bubble for bubble in platform.inbox("b") if bubble.kind == "voice")
    assert voice.extra["seconds"] == 12
    assert page.get(f"/simulator/media/{voice.media}").data == samples.amr(12)


@pytest.mark.parametrize(
    "headers",
    [{}, OWN | {"Origin": "https://evil.example"}, OWN | {"Sec-Fetch-Site": "cross-site"}],
)
def test_other_sites_cannot_post(page, clock, headers):
    before = clock.now
    assert page.post("/simulator/advance/week", headers=headers).status_code == 403
    assert page.post("/simulator/phones/a/follow", headers=headers).status_code == 403
    assert clock.now == before


def test_time_moves_by_known_steps(page, clock):
    before = clock.now
    assert page.post("/simulator/advance/week", headers=OWN).status_code == 200
    assert page.post("/simulator/advance/year", headers=OWN).status_code == 404
    assert clock.now - before == timedelta(days=7)


@pytest.mark.parametrize(("path", "code"), [("a/voice", 400), ("a/location", 400), ("a/zap", 404), ("c/follow", 404)])
def test_nonsense_is_refused(page, platform, path, code):
    platform.follow("a")
    assert page.post(f"/simulator/phones/{path}", json={}, headers=OWN).status_code == code


def test_article_opens_until_it_is_deleted(page, platform, api, webhook):
    platform.follow("a")
    picture = api.post("media/uploadimg", media=("a.jpg", samples.photo()))["url"]
    cover = api.post("material/add_material?type=image", media=("a.jpg", samples.photo()))["media_id"]
    content = f'<p style="color: red">正文</p><img src="{picture}">'
    article = {"title": "曝光 <1>", "content": content, "thumb_media_id": cover}
    media_id = api.post("draft/add", {"articles": [article]})["media_id"]
    mass = {"filter": {"is_to_all": True}, "msgtype": "mpnews", "mpnews": {"media_id": media_id}}
    number = api.post("message/mass/sendall", mass)["msg_id"]
    webhook.wait_for("MASSSENDJOBFINISH")
    url = page.get("/simulator/state.json").json["phones"]["a"]["bubbles"][-1]["articles"][0]["url"]
    answer = page.get(url)
    assert answer.status_code == 200
    assert '<p style="color: red">正文</p><img src="/simulator/media/' in answer.text
    assert "曝光 &lt;1&gt;" in answer.text
    api.post("message/mass/delete", {"msg_id": number})
    assert page.get(url).status_code == 404
    assert "已被发布者删除" in page.get(url).text


def test_a_page_learns_whether_it_is_signed_and_what_the_phone_decides(page, platform, api, webhook):
    platform.follow("a")
    ticket = api.get("ticket/getticket", type="jsapi").json()["ticket"]
    given = {"nonceStr": "n", "timestamp": "1", "url": "https://x.example/y"}
    text = f"jsapi_ticket={ticket}&noncestr=n&timestamp=1&url={given['url']}"
    given |= {"appId": APP_ID, "signature": hashlib.sha1(text.encode()).hexdigest()}
    for changed, signed in (({}, True), ({"url": "https://x.example/z"}, False), ({"signature": ""}, False)):
        assert page.post("/simulator/signed", json=given | changed, headers=OWN).json == {"signed": signed}
    assert page.post("/simulator/signed", json=given).status_code == 403
    assert act(page, "a", "decide", template="t", accept=True) == 202
    event = webhook.wait_for("subscribe_msg_popup_event")
    assert event["SubscribeMsgPopupEvent"]["List"]["SubscribeStatusString"] == "accept"
