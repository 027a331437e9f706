"""Tokens: how long they live, and how they are refused."""

import pytest

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
