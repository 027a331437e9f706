"""What the types say to whoever writes a client, and what they keep out."""

import pytest

from handlers.submissions.intake import LIMITS
from tests.bot.api.caller import refused


def test_a_time_is_called_a_time(client):
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    untold = {
        (shape, name)
        for shape, schema in schemas.items()
        for name, said in schema.get("properties", {}).items()
        if name.endswith("at") and "date-time" not in {part.get("format") for part in (said, *said.get("anyOf", ()))}
    }
    # As staff wrote it; a day is enough there.
    assert {name for _, name in untold - {("NewSubmission", "received_at")}} == {"external_at"}


def test_the_fields_of_moves_are_described(client):
    fields = client.get("/api/v1/openapi.json").json["components"]["schemas"]["SubmissionMove"]["properties"]
    assert {"version", "note", "unit", "assignee", "external_number"} <= set(fields)


@pytest.mark.parametrize("field", [name for name in LIMITS if name not in ("happened", "product", "home")])
def test_what_is_too_long_for_the_form_of_the_console_is_too_long_here(intake, stored, field):
    longest = ("https://" if field == "link" else "").ljust(LIMITS[field], "长")
    assert intake.enter(**{field: longest})["number"]
    problem = refused(intake.post("/submissions", {field: "长" * (LIMITS[field] + 1)}), 422, "too_long")
    assert problem["field"] == field
    assert len(stored()) == 1
