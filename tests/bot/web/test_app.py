"""The web side is joined from its doors, and each is a way in only when it is asked for."""

import pytest

from bot.web import health
from bot.web.app import create_app


@pytest.mark.parametrize(
    ("path", "status"),
    [("/wechat", 403), ("/healthz", 200), ("/console/sign-in", 200), ("/api/v1/submissions", 401), ("/exposures", 200)],
)
def test_every_door_is_a_way_in(client, path, status):
    assert client.get(path).status_code == status


def test_a_door_that_was_not_asked_for_is_none(service):
    client = create_app(service, [health]).test_client()
    assert [client.get(path).status_code for path in ("/healthz", "/exposures")] == [200, 404]


def test_outside_the_demo_there_is_no_simulator(client):
    assert client.get("/simulator/").status_code == 404


def test_through_a_trusted_proxy_the_address_behind_it_counts(client_with):
    client = client_with('trusted_proxies = 1\nmetrics_from = ["10.0.0.5"]')
    for address, status in (("10.0.0.5", 200), ("127.0.0.1", 200), ("203.0.113.7", 403), ("10.0.0.5, 9.9.9.9", 403)):
        assert client.get("/metrics", headers={"X-Forwarded-For": address}).status_code == status
