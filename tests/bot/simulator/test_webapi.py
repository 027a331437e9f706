"""The API over HTTP: how it refuses, and how an answer gets lost."""

import pytest
import requests

from bot.simulator import Fault


def test_refusals_are_200_with_code_and_request_id(api):
    api.access_token = "nonsense"
    answer = api.get("menu/get")
    assert (answer.status_code, answer.json()["errcode"]) == (200, 40014)
    assert "rid: " in answer.json()["errmsg"]
    api.access_token = ""
    assert api.get("menu/get").json()["errcode"] == 41001
    assert api.get("no/such").json()["errcode"] == 40066
    assert requests.get(f"{api.base}/elsewhere", timeout=5).json()["errcode"] == 40066


def test_what_is_not_json_is_refused(api):
    assert api.post("draft/add", raw=b"{").get("errcode") == 47001
    assert api.post("draft/add", raw=b"[]").get("errcode") == 47001
    assert api.get("draft/add").json()["errcode"] == 43002


def test_lost_answer_leaves_the_deed_done(platform, api):
    platform.script("tags/create", Fault(lost=True))
    with pytest.raises(requests.ConnectionError):
        api.post("tags/create", {"tag": {"name": "甲"}})
    assert [tag["name"] for tag in api.get("tags/get").json()["tags"]] == ["甲"]
