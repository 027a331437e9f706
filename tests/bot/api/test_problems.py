"""A refusal as a document: its code, what it is about, and what to do next."""

import pytest

from bot.api.problems import TITLES
from bot.web.refusals import STATUSES
from storage.errors import Unavailable
from storage.submissions import listing
from tests.bot.api.caller import refused


def test_every_status_has_a_title():
    assert set(STATUSES.values()) == set(TITLES)


def test_a_database_that_is_gone_is_503(intake, monkeypatch):
    def gone(*_, **__):
        raise Unavailable("the disk is full")

    monkeypatch.setattr(listing, "search", gone)
    response = intake.get("/submissions")
    refused(response, 503, "unavailable")
    assert "disk" not in response.text
    assert int(response.headers["Retry-After"]) > 0
    monkeypatch.setattr(listing, "search", lambda *_, **__: 1 / 0)
    refused(intake.get("/submissions"), 500, "broken")


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"category": "poison"}, 422, "invalid_field", "category"),
        ({"kind": "rumour"}, 422, "invalid_field", "kind"),
        ({"merchant": "王" * 201}, 422, "too_long", "merchant"),
        ({"merchant": 5}, 400, "wrong_type", "merchant"),
        ({"shop": "老王"}, 400, "unknown_field", "shop"),
        ([], 400, "wrong_type", "请求内容"),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused_naming_the_key(intake, stored, body, status, code, field):
    assert refused(intake.post("/submissions", body), status, code)["field"] == field
    assert stored() == []
