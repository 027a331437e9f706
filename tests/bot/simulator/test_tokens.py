"""Tokens, quotas and the manner of refusing."""

import pytest
import requests

from .receiver import APP_ID, SECRET, Api

CREDENTIAL = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}


def works(api: Api, token: str) -> int:
    return Api(api.base, token).get("menu/get").json()["errcode"]


def test_stable_token_stays_and_tells_what_is_left(api, clock):
    first = api.fetch_token()
    clock.forward(minutes=100)
    second = api.fetch_token()
    assert (second["access_token"], second["expires_in"]) == (first["access_token"], 1200)
    clock.forward(minutes=16)
    assert api.fetch_token()["access_token"] != first["access_token"]
    assert works(api, first["access_token"]) == 46003
    clock.forward(minutes=5)
    assert works(api, first["access_token"]) in {40001, 42001}


def test_token_ends_after_two_hours(api, clock):
    clock.forward(hours=2)
    assert api.get("menu/get").json()["errcode"] == 42001


def test_forced_token_ends_the_one_before_and_is_rationed(api, clock):
    first = api.fetch_token()["access_token"]
    forced = api.fetch_token(force_refresh=True)["access_token"]
    assert (works(api, first), works(api, forced)) == (40001, 46003)
    assert api.fetch_token(force_refresh=True)["errcode"] == 45011
    for _ in range(19):
        clock.forward(seconds=30)
        assert "access_token" in api.fetch_token(force_refresh=True)
    clock.forward(seconds=30)
    assert api.fetch_token(force_refresh=True)["errcode"] == 45009


def test_plain_token_leaves_the_stable_one_alone(api, clock):
    plain = [api.get("token", **CREDENTIAL).json()["access_token"] for _ in range(2)]
    assert works(api, api.access_token) == 46003
    assert works(api, plain[0]) == 46003
    clock.forward(minutes=5)
    assert (works(api, plain[0]), works(api, plain[1])) == (40001, 46003)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"grant_type": "x"}, 40002),
        ({"appid": "wx"}, 40013),
        ({"secret": "x"}, 40125),
        ({"appid": ""}, 41002),
    ],
)
def test_wrong_credentials_are_told_apart(api, change, code):
    assert api.post("stable_token", CREDENTIAL | change)["errcode"] == code


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


def test_daily_quota_ends_at_midnight_in_china_or_when_cleared(api, platform, clock):
    platform.quotas["menu/get"] = 2
    assert [works(api, api.access_token) for _ in range(3)] == [46003, 46003, 45009]
    quota = api.post("openapi/quota/get", {"cgi_path": "/cgi-bin/menu/get"})["quota"]
    assert quota == {"daily_limit": 2, "used": 2, "remain": 0}
    assert api.post("clear_quota", {"appid": APP_ID})["errcode"] == 0
    assert [works(api, api.access_token) for _ in range(3)] == [46003, 46003, 45009]
    clock.forward(hours=14)
    api.fetch_token()
    assert works(api, api.access_token) == 46003


def test_menu_is_checked_and_kept(api):
    click = {"type": "click", "name": "举报", "key": "report"}
    view = {"type": "view", "name": "曝光台", "url": "https://example.org/"}
    menu = {"button": [click, {"name": "更多", "sub_button": [view]}]}
    assert api.post("menu/create", menu)["errcode"] == 0
    assert api.get("menu/get").json()["menu"] == menu
    wrong = {
        40016: [click] * 4,
        40018: [{**click, "name": "六个汉字太长"}],
        40019: [{**click, "key": "k" * 129}],
        40017: [{**click, "type": "zap"}],
        40055: [{**view, "url": "ftp://x"}],
        40023: [{"name": "多", "sub_button": [view] * 6}],
        40025: [{"name": "多", "sub_button": [{**view, "name": "字" * 21}]}],
    }
    assert {code: api.post("menu/create", {"button": buttons})["errcode"] for code, buttons in wrong.items()} == {
        code: code for code in wrong
    }
    escaped = b'{"button":[{"type":"click","name":"\\u4e3e","key":"k"}]}'
    assert api.post("menu/create", raw=escaped)["errcode"] == 40033
    assert api.get("menu/delete").json()["errcode"] == 0
    assert api.get("menu/get").json()["errcode"] == 46003
