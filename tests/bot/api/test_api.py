"""The door of the API: whose token opens it, and what every answer carries."""

import json

from tests.bot.api.caller import refused


def test_the_scheme_may_be_written_in_any_case(intake):
    headers = {"Authorization": f"bearer {intake.token}"}
    assert intake.client.get("/api/v1/submissions", headers=headers).status_code == 200


def test_a_disabled_account_has_no_token(intake, service):
    service.db.write(lambda tx: tx.run("update staff set disabled = 1"))
    refused(intake.get("/submissions"), 401, "unauthorized")


def test_wrong_methods_and_addresses_are_refused_in_json(intake):
    response = intake.call("DELETE", "/submissions")
    refused(response, 405, "method_not_allowed")
    assert response.headers["Allow"] == "GET, POST"
    refused(intake.get("/nowhere"), 404, "not_found")
    refused(intake.call("PATCH", "/"), 404, "not_found")
    assert intake.call("HEAD", "/submissions").status_code == 200


def test_answers_are_not_kept_by_browsers_and_carry_the_headers(intake):
    intake.enter(merchant="老王熟食店")
    response = intake.get("/submissions")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "老王熟食店" in response.text
    assert json.loads(response.data)["next_cursor"] is None
