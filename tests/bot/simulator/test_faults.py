"""Scripted failures, restarts and tags."""

import time

import pytest
import requests

from bot.simulator import Fault, samples

from .test_articles import draft, send, upload


def test_code_instead_of_deed_then_all_is_well(platform, api):
    platform.script("cgi-bin/tags/create", Fault(errcode=-1), Fault(errcode=45011))
    answers = [api.post("tags/create", {"tag": {"name": "甲"}}) for _ in range(3)]
    assert [answer["errcode"] for answer in answers] == [-1, 45011, 0]
    assert [call.outcome["errcode"] for call in platform.calls[-3:]] == [-1, 45011, 0]
    assert platform.calls[-1].body == {"tag": {"name": "甲"}}


def test_lost_answer_leaves_the_deed_done(platform, api):
    platform.script("tags/create", Fault(lost=True))
    with pytest.raises(requests.ConnectionError):
        api.post("tags/create", {"tag": {"name": "甲"}})
    assert [tag["name"] for tag in api.get("tags/get").json()["tags"]] == ["甲"]


def test_slow_answer(platform, api):
    platform.script("tags/get", Fault(delay=0.15))
    began = time.monotonic()
    api.get("tags/get")
    assert time.monotonic() - began >= 0.15


def test_finish_event_may_overtake_the_answer(platform, api, webhook):
    cover = upload(api, "material/add_material")["media_id"]
    platform.finish_delay = 60
    platform.script("message/mass/sendall", Fault(event_first=True))
    number = send(api, draft(api, cover)["media_id"])["msg_id"]
    assert webhook.received[-1]["MsgID"] == str(number)


def test_memory_survives_a_restart_and_finishes_what_was_begun(make_platform, connect, webhook, tmp_path):
    file = tmp_path / "platform.db"
    before = make_platform(memory=file)
    before.finish_delay = 60
    api = connect(before)
    before.follow("a")
    before.picture("a", samples.photo())
    cover = upload(api, "material/add_material")["media_id"]
    send(api, draft(api, cover)["media_id"])
    before.close()
    after = make_platform(memory=file)
    assert webhook.wait_for("MASSSENDJOBFINISH")["SentCount"] == "1"
    assert [bubble.kind for bubble in after.inbox("a")] == ["image", "news"]


def test_tags_have_their_limits(platform, api):
    platform.follow("a")
    openid = platform.openid("a")
    numbers = [api.post("tags/create", {"tag": {"name": f"组{n}"}})["tag"]["id"] for n in range(21)]
    codes = [
        api.post("tags/members/batchtagging", {"tagid": number, "openid_list": [openid]})["errcode"]
        for number in numbers
    ]
    assert codes == [0] * 20 + [45059]
    assert api.post("tags/create", {"tag": {"name": "组0"}})["errcode"] == 45157
    assert api.post("tags/create", {"tag": {"name": "字" * 31}})["errcode"] == 45158
    assert api.post("tags/delete", {"tag": {"id": 2}})["errcode"] == 45058
    assert api.post("tags/getidlist", {"openid": openid})["tagid_list"] == numbers[:20]
    assert api.post("user/tag/get", {"tagid": numbers[0]})["data"]["openid"] == [openid]
    assert api.get("user/get").json()["total"] == 1
    platform.unfollow("a")
    assert api.get("user/info", openid=openid).json()["subscribe"] == 0
