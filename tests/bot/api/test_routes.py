"""Every route is closed to strangers and to the wrong roles."""

import pytest

from bot.api.routes import ROUTES
from storage.people.staff import Role
from tests.bot.api.caller import Caller, refused


@pytest.mark.parametrize(
    "authorization",
    [None, "Bearer", "Bearer ", "Bearer wrong", "Bearer 钥匙", "Basic YTpi", "Basic =", "nonsense", "Bearer a b"],
)
def test_without_a_good_token_everything_is_401(client, authorization):
    headers = {"Authorization": authorization.encode().decode("latin-1")} if authorization else {}
    for route in ROUTES:
        response = client.open(f"/api/v1{route.path}", method=route.method, headers=headers)
        refused(response, 401, "unauthorized")
        assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_each_route_is_closed_to_other_roles(route, service, client):
    others = Caller(service, client, "其他人", *(set(Role) - route.roles))
    refused(others.call(route.method, route.path, {}), 403, "forbidden")


def test_an_administrator_reads_no_submissions(service, client):
    refused(Caller(service, client, "管理员", Role.ADMIN, Role.SECURITY).get("/submissions"), 403, "forbidden")
