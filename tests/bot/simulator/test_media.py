"""Temporary and permanent media, and what may be uploaded."""

from bot.simulator import samples


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
    assert api.upload("media/upload", b"text")["errcode"] == 40005
    assert api.upload("media/upload", kind="zap")["errcode"] == 40004
    assert api.upload("media/upload", samples.photo() + b"\0" * 65536, kind="thumb")["errcode"] == 40006
    assert api.upload("media/uploadimg", b"GIF89a")["errcode"] == 40005
    assert api.upload("media/uploadimg", samples.photo() + b"\0" * 2**20)["errcode"] == 40009
    assert api.upload("media/upload", samples.amr(), "a.amr", "voice")["type"] == "voice"
