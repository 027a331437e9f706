"""Times as scripts write them and as they are answered."""

import pytest

from tests.bot.api.caller import refused


@pytest.mark.parametrize(
    ("given", "answered", "due_on"),
    [
        ("2020-03-02", "2020-03-02T00:00:00+08:00", "2020-03-11"),
        ("2026-11-23T09:00", "2026-11-23T09:00:00+08:00", "2026-12-02"),
        ("2026-11-22T22:00:00Z", "2026-11-23T06:00:00+08:00", "2026-12-02"),
        ("2120-01-01T00:00:00+08:00", "2120-01-01T00:00:00+08:00", None),
        ("0999-05-01T00:00:00Z", "0999-05-01T00:00:00+00:00", None),
        ("9999-11-23T09:00:00+08:00", "9999-11-23T09:00:00+08:00", "9999-12-31"),
        ("9999-12-31T23:59:59+08:00", "9999-12-31T23:59:59+08:00", "9999-12-31"),
    ],
)
def test_received_at_may_be_any_date(intake, given, answered, due_on):
    made = intake.enter(kind="complaint", received_at=given)
    assert made["received_at"] == answered
    (deadline,) = made["deadlines"]
    assert due_on is None or deadline["due_on"] == due_on
    assert ("暂行" in deadline["basis"]) == (given < "2026")
    assert intake.get(f"/submissions/{made['number']}").json["received_at"] == answered


@pytest.mark.parametrize(
    "given",
    [
        "yesterday",
        "2026-13-01",
        "0001-01-01",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59Z",
        "1" * 5000,
        "2026-11-23T25:00",
    ],
)
def test_a_time_no_calendar_shows_is_refused(intake, given):
    assert refused(intake.post("/submissions", {"received_at": given}), 422, "invalid_field")["field"] == "received_at"
