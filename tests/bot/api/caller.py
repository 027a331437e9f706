"""A script of the office: calls the API with the token of an account."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.service import Service
from storage.people import staff
from storage.people.staff import Role


class Caller:
    """One account's script; answers are responses as the test client gives them."""

    def __init__(self, service: Service, client: FlaskClient, name: str, *roles: Role) -> None:
        self.client = client
        self.token = f"token{name.encode().hex()}"

        def hire(tx):
            staff.add(tx, name, password_hash="x", roles=frozenset(roles), must_change=False)
            staff.add_token(tx, name, self.token)

        service.db.write(hire)

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.open(f"/api/v1{path}", method=method, json=body, query_string=query, headers=headers)

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.call("GET", path, **query)

    def post(self, path: str, body: Any = None) -> TestResponse:
        return self.call("POST", path, {} if body is None else body)

    def enter(self, **fields: Any) -> dict[str, Any]:
        """A submission entered for a caller."""
        response = self.post("/submissions", fields)
        assert response.status_code == 201, response.text
        return response.json


def refused(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem document, when the call was refused so."""
    assert (response.status_code, response.json.get("code")) == (status, code), response.text
    assert response.content_type == "application/problem+json"
    assert response.json["title"]
    assert response.json["detail"]
    assert response.json["status"] == status
    return response.json
