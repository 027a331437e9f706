"""The door of the API: tokens, roles, malformed calls, and its description."""

import json

import pytest

from bot.api.problems import TITLES
from bot.api.routes import ROUTES
from bot.web.refusals import STATUSES
from storage.errors import Unavailable
from storage.people.staff import Role
from storage.submissions import submission
from tests.bot.api.caller import Caller, refused


@pytest.fixture
def intake(service, client):
    return Caller(service, client, "李受理", Role.INTAKE)


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


def test_the_scheme_may_be_written_in_any_case(intake):
    headers = {"Authorization": f"bearer {intake.token}"}
    assert intake.client.get("/api/v1/submissions", headers=headers).status_code == 200


def test_a_disabled_account_has_no_token(intake, service):
    service.db.write(lambda tx: tx.run("update staff set disabled = 1"))
    refused(intake.get("/submissions"), 401, "unauthorized")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_each_route_is_closed_to_other_roles(route, service, client):
    others = Caller(service, client, "其他人", *(set(Role) - route.roles))
    refused(others.call(route.method, route.path, {}), 403, "forbidden")


def test_an_administrator_reads_no_submissions(service, client):
    refused(Caller(service, client, "管理员", Role.ADMIN, Role.SECURITY).get("/submissions"), 403, "forbidden")


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"\xff\xfe",
        b'{"merchant": "\xff"}',
        b'{"merchant": "\\ud800"}',
        b"NaN",
        b'{"kind":',
        b"nonsense",
    ],
)
def test_what_is_not_json_is_400(intake, raw):
    headers = {"Authorization": f"Bearer {intake.token}"}
    for path in ("/submissions", "/submissions/SA20261123-0001/moves/note"):
        refused(intake.client.post(f"/api/v1{path}", data=raw, headers=headers), 400, "malformed")


@pytest.mark.parametrize(
    "raw", [b"[" * 200_000, b'{"version": 1, "x":' + b"[" * 200_000, b'{"version":' + b"9" * 10_000 + b"}"]
)
def test_monstrous_json_is_refused(intake, raw):
    headers = {"Authorization": f"Bearer {intake.token}"}
    for path in ("/submissions", "/submissions/SA20261123-0001/moves/note"):
        assert intake.client.post(f"/api/v1{path}", data=raw, headers=headers).status_code in (400, 422)


def test_an_empty_body_is_an_empty_object(intake):
    headers = {"Authorization": f"Bearer {intake.token}"}
    assert intake.client.post("/api/v1/submissions", headers=headers).status_code == 201


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_12_mb_is_413(intake, chunked):
    headers = {"Authorization": f"Bearer {intake.token}"}
    body = b'{"description": "' + b"x" * (12 * 1024 * 1024) + b'"}'
    extra = {
        "headers": headers | {"Transfer-Encoding": "chunked"},
        "environ_overrides": {"wsgi.input_terminated": True},
    }
    response = intake.client.post("/api/v1/submissions", data=body, **(extra if chunked else {"headers": headers}))
    refused(response, 413, "too_large")


def test_wrong_methods_and_addresses_are_refused_in_json(intake):
    response = intake.call("DELETE", "/submissions")
    refused(response, 405, "method_not_allowed")
    assert response.headers["Allow"] == "GET, POST"
    refused(intake.get("/nowhere"), 404, "not_found")
    refused(intake.call("PATCH", "/"), 404, "not_found")
    assert intake.call("HEAD", "/submissions").status_code == 200


def test_a_database_that_is_gone_is_503(intake, monkeypatch):
    def gone(*_, **__):
        raise Unavailable("the disk is full")

    monkeypatch.setattr(submission, "search", gone)
    response = intake.get("/submissions")
    refused(response, 503, "unavailable")
    assert "disk" not in response.text
    monkeypatch.setattr(submission, "search", lambda *_, **__: 1 / 0)
    refused(intake.get("/submissions"), 500, "broken")


def test_every_status_has_a_title():
    assert set(STATUSES.values()) == set(TITLES)


def test_answers_are_not_kept_by_browsers_and_carry_the_headers(intake):
    intake.enter(merchant="老王熟食店")
    response = intake.get("/submissions")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "老王熟食店" in response.text
    assert json.loads(response.data)["next_cursor"] is None
