"""The OpenAPI document: valid, and of every route."""

import re

from openapi_spec_validator import OpenAPIV31SpecValidator

from bot.api.routes import ROUTES
from bot.web.app import create_app


def test_the_document_is_valid(client):
    document = client.get("/api/v1/openapi.json").json
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def references(node):
    if isinstance(node, dict):
        yield from [node["$ref"]] if "$ref" in node else []
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from references(child)


def test_the_description_names_every_route_and_all_references_resolve(client):
    response = client.get("/api/v1/openapi.json")
    document = response.json
    assert response.status_code == 200
    assert document["openapi"].startswith("3.1")
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert described == {(route.method, route.path) for route in ROUTES}
    for reference in references(document):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for path, methods in document["paths"].items():
        for operation in methods.values():
            names = [p["name"] for p in operation["parameters"] if p["in"] == "path"]
            assert names == re.findall(r"{(\w+)}", path)
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_every_rule_is_described(service, client):
    rules = {
        re.sub(r"<(\w+)>", r"{\1}", rule.rule)
        for rule in create_app(service).url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and "path:" not in rule.rule and not rule.rule.endswith(("/", ".json"))
    }
    assert rules == {f"/api/v1{path}" for path in client.get("/api/v1/openapi.json").json["paths"]}
