"""The platform's API over HTTP: reading a call, writing its answer, losing it where scripted."""

import json
import re
import socket
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage

from bot.simulator.dispatch import Outcome
from bot.simulator.errors import Refusal, answer_of
from bot.simulator.platform import Platform
from bot.simulator.records import Ask, File

_ESCAPE = re.compile(rb"\\(\\|u[0-9a-fA-F]{4})")
ASCII = 0x80
UPLOAD = 12 * 1024 * 1024  # bytes; the platform's own limits are below


def add_api(blueprint: Blueprint, platform: Platform) -> None:
    """Serve `/api/cgi-bin/...` of the blueprint from the platform."""

    @blueprint.route("/api/cgi-bin/<path:path>", methods=["GET", "POST"])
    def api(path: str) -> Response:
        request.max_content_length = UPLOAD
        platform.world.origin = request.host_url.rstrip("/") + request.path.split("/api/cgi-bin/")[0]
        try:
            ask = _ask(path)
        except Refusal as refusal:
            return _json(refusal.answer)
        return _response(platform.answer(ask))

    @blueprint.route("/api/<path:path>", methods=["GET", "POST"])
    def unknown(path: str) -> Response:
        return _json(answer_of(40066))


def _ask(path: str) -> Ask:
    """The call as it arrived. Raises Refusal 44002 (no body) or 47001 (not a JSON object)."""
    query = request.args.to_dict()
    if request.method == "GET":
        return Ask(path, "GET", query, {})
    if request.mimetype == "multipart/form-data":
        form: dict[str, Any] = request.form.to_dict()
        stored = request.files.get("media")
        return Ask(path, "POST", query, form, _file(stored) if stored else None)
    raw = request.get_data()
    if not raw:
        raise Refusal(44002)
    literal = _ESCAPE.sub(_as_written, raw)
    try:
        body = json.loads(literal)
    except ValueError as error:
        raise Refusal(47001) from error
    if not isinstance(body, dict):
        raise Refusal(47001)
    return Ask(path, "POST", query, body, escaped=literal != raw)


def _as_written(found: re.Match[bytes]) -> bytes:
    """An escape beyond ASCII stands for itself: followers would read the six characters."""
    inner = found.group(1)
    if inner == b"\\" or int(inner[1:], 16) < ASCII:
        return found.group(0)
    return b"\\\\" + inner


def _file(stored: FileStorage) -> File:
    return File(stored.read(), stored.mimetype, stored.filename or "")


def _response(outcome: Outcome) -> Response:
    if outcome.fault.lost:
        return _lost()
    if isinstance(outcome.answer, File):
        file = outcome.answer
        response = Response(file.content, mimetype=file.mime)
        response.headers["Content-Disposition"] = f'attachment; filename="{file.name or "media"}"'
        return response
    return _json(outcome.answer)


def _json(answer: dict[str, Any]) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False), content_type="application/json; encoding=utf-8")


def _lost() -> Response:
    """Cut the line where the server lets us; elsewhere a bare gateway error says as little."""
    line = request.environ.get("werkzeug.socket")
    if line is not None:
        line.shutdown(socket.SHUT_RDWR)
    return Response(status=504)
