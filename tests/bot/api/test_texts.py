"""Every look at words of citizens through the API is on record: for each route, which."""

import pytest

from bot.api.routes import ROUTES
from storage import audit
from storage.people.staff import Role
from tests.bot.api.caller import Caller

LOOKS = {
    ("GET", "/submissions"): "list",
    ("GET", "/submissions/{number}"): "open",
    ("POST", "/submissions"): "receive",
    ("POST", "/submissions/{number}/moves/{move}"): "ask",
}
"""Route -> the action on record."""
NO_WORDS = {(route.method, route.path) for route in ROUTES if route.path.startswith("/articles")}
"""What the office publishes."""


@pytest.fixture
def rows(service):
    def read():
        with service.db.read() as tx:
            return [(row.action, row.subject, row.detail) for row in audit.rows(tx)]

    return read


@pytest.fixture
def caller(service, client):
    return Caller(service, client, "li", *Role)


def test_for_every_route_it_is_said_whether_it_shows_words():
    assert {(route.method, route.path) for route in ROUTES} == LOOKS.keys() | NO_WORDS


@pytest.fixture
def report(caller):
    return caller.enter(merchant="老王熟食店", description="臭肉")


@pytest.mark.parametrize("route", LOOKS, ids=" ".join)
def test_a_look_at_words_leaves_a_row(caller, rows, report, route):
    method, path = route
    before = len(rows())
    body = {"version": report["version"], "note": "几点？"} if "moves" in path else {"merchant": "甲"}
    answer = caller.call(method, path.format(number=report["number"], move="ask"), body if method == "POST" else None)
    assert answer.status_code < 300, answer.text
    assert rows()[before][0] == LOOKS[route]


def test_the_row_names_the_filters_and_nothing_that_was_typed(caller, rows):
    before = len(rows())
    caller.get(
        "/submissions", kind="report", q="王小明", unit="青屏所", urgent="false", received_from="2026-11-01", limit=5
    )
    detail = "kind=report unit urgent=False q received_from=2026-11-01 limit"
    assert rows()[before:] == [("list", "api/submissions", detail)]
    caller.get("/submissions", cursor="nonsense")
    assert len(rows()) == before + 1, "nothing was shown"
