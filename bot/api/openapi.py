"""The OpenAPI 3.1 document, made from the routes and their types."""

import re
from typing import Any

import msgspec
from msgspec import Struct

from bot.api import problems
from bot.api.routes import ROUTES, Route
from bot.api.schemas import Problem
from handlers.office import Office

REFERENCE = "#/components/schemas/{name}"


def document(office: Office, prefix: str) -> dict[str, Any]:
    """The whole document; `prefix` is where the routes hang."""
    bodies = [shape for route in ROUTES for shape in (route.answer, route.body) if shape]
    _, schemas = msgspec.json.schema_components([*dict.fromkeys(bodies), Problem], ref_template=REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"食安哨 · {office.name}", "version": "1"},
        "servers": [{"url": f"{office.base_url}{prefix}"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "description": "staff token NAME"}},
            "schemas": schemas,
            "responses": {"Problem": _content("被拒绝，code 说明原因", Problem, problems.MEDIA_TYPE)},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    status = "201" if route.location else "200"
    operation: dict[str, Any] = {
        "operationId": f"{route.method.lower()}{re.sub(r'[^a-z]+', '_', route.path).rstrip('_')}",
        "summary": route.summary,
        "description": f"角色：{'、'.join(sorted(route.roles))}",
        "parameters": [*_path_parameters(route.path), *(_query_parameters(route.query) if route.query else [])],
        "responses": {
            status: _content(route.summary, route.answer, "application/json"),
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }
    if route.location:
        operation["responses"][status]["headers"] = {"Location": {"schema": {"type": "string"}}}
    if route.body:
        operation["requestBody"] = _content("", route.body, "application/json")
        del operation["requestBody"]["description"]
    return operation


def _content(description: str, shape: type[Struct], media_type: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {media_type: {"schema": {"$ref": REFERENCE.format(name=shape.__name__)}}},
    }


def _path_parameters(path: str) -> list[dict[str, Any]]:
    names = re.findall(r"{(\w+)}", path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(query: type[Struct]) -> list[dict[str, Any]]:
    (_,), components = msgspec.json.schema_components([query], ref_template=REFERENCE)
    properties = components[query.__name__]["properties"]
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]
