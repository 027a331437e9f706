"""The simulator as part of the demo's web side."""

from datetime import timedelta

import pytest

from bot.service import open_service
from bot.web.app import create_app

OWN = {"X-Simulator": "1"}


@pytest.fixture
def demo(service):
    made = open_service(service.settings, demo=True)
    yield made
    made.close()


@pytest.fixture
def client(demo):
    return create_app(demo).test_client()


def test_its_phones_follow_the_account_of_the_office(client, demo):
    assert demo.office.name in client.get("/simulator/").text


def test_its_platform_takes_the_secret_of_the_office_and_no_other(client, demo):
    wechat = demo.settings.wechat
    asked = {"grant_type": "client_credential", "appid": wechat.app_id, "secret": wechat.app_secret}
    assert client.post("/simulator/api/cgi-bin/stable_token", json=asked).json["access_token"]
    refused = client.post("/simulator/api/cgi-bin/stable_token", json=asked | {"secret": "x"})
    assert refused.json["errcode"] == 40125


def test_moving_its_time_moves_the_time_of_the_office(client, demo):
    before = demo.db.clock()
    assert client.post("/simulator/advance/week", headers=OWN).status_code == 200
    assert timedelta(days=7) <= demo.db.clock() - before < timedelta(days=7, minutes=1)
