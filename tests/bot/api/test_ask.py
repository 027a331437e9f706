"""How a body and a query are read: any bytes are answered, nothing is guessed."""

from urllib.parse import quote

import pytest

from bot.api.schemas import ArticleQuery, SubmissionQuery
from tests.bot.api.caller import refused


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


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "x"},
        {"stage": "x"},
        {"category": "x"},
        {"urgent": "perhaps"},
        {"limit": "0"},
        {"limit": "many"},
        {"limit": "-1"},
        {"cursor": "x"},
        {"cursor": "£"},
        {"received_from": "x"},
        {"received_to": "9999-12-31T23:59:59-11:00"},
    ],
)
def test_a_filter_that_means_nothing_is_refused(intake, query):
    assert refused(intake.get("/submissions", **query), 422, "invalid_field")["field"] == next(iter(query))


def test_an_unknown_filter_is_refused_rather_than_ignored(intake):
    assert refused(intake.get("/submissions", statge="triage"), 400, "unknown_field")["field"] == "statge"


@pytest.mark.parametrize(
    "nasty", ["\0", "a\0b", "\ud800", "%", "_", "'", '"', "\\", "*", "9" * 400, "查" * 60_000, "NEAR(", "^", "İ"]
)
def test_no_query_is_a_fault_of_ours(intake, nasty):
    text, headers = quote(nasty, errors="surrogatepass"), {"Authorization": f"Bearer {intake.token}"}
    for path, names in (
        ("submissions", SubmissionQuery.__struct_fields__),
        ("articles", ArticleQuery.__struct_fields__),
    ):
        for name in names:
            answer = intake.client.get(f"/api/v1/{path}?{name}={text}", headers=headers)
            assert answer.status_code < 500, (path, name)
