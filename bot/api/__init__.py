"""``/api/v1``: JSON for scripts of the office, behind a bearer token."""

import logging
from collections.abc import Callable
from itertools import groupby

import msgspec
from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from bot import working_days
from bot.api import openapi, problems
from bot.api.ask import Ask, decoded, queried
from bot.api.routes import ROUTES, Route
from bot.service import Service
from bot.web.refusals import STATUSES
from handlers.errors import Refused
from handlers.submissions import desk
from storage.errors import BadCursor, StorageError
from storage.people import staff
from storage.people.staff import Staff

PREFIX = "/api/v1"
SIZE_LIMIT = 12 * 1024 * 1024
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
log = logging.getLogger("shian.api")


def create_blueprint(service: Service) -> Blueprint:
    """The API of one office."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    blueprint.before_request(working_days.watch(service.db))
    document = msgspec.json.encode(openapi.document(service.office, PREFIX))

    @blueprint.get("/openapi.json")
    def described() -> Response:
        return Response(document, content_type="application/json")

    # All methods of a path go to one view, so that a wrong one is refused in JSON as well.
    for path, routes in groupby(ROUTES, key=lambda route: route.path):
        by_method = {route.method: route for route in routes}
        rule = path.replace("{", "<").replace("}", ">")
        view = _view(service, by_method)
        blueprint.add_url_rule(rule, path, view, methods=METHODS, provide_automatic_options=False)

    @blueprint.route("/", defaults={"rest": ""}, methods=METHODS)
    @blueprint.route("/<path:rest>", methods=METHODS)
    def unknown(rest: str) -> Response:
        raise Refused("not_found", f"没有这个地址，全部地址见 {PREFIX}/openapi.json。")

    blueprint.register_error_handler(Refused, problems.answer)
    blueprint.register_error_handler(HTTPException, _of_http)
    blueprint.register_error_handler(BadCursor, _no_page)
    blueprint.register_error_handler(StorageError, _unavailable)
    blueprint.register_error_handler(Exception, _broken)
    return blueprint


def _view(service: Service, routes: dict[str, Route]) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        route = routes.get("GET" if request.method == "HEAD" else request.method)
        if route is None:
            allowed = ", ".join(routes)
            raise Refused("method_not_allowed", f"这个地址只支持 {allowed}。", allow=allowed)
        caller = _caller(service)
        if not route.roles & caller.roles:
            raise Refused("forbidden", f"您的角色不能使用“{route.summary}”。")
        query = queried(request.args.to_dict(), route.query) if route.query else None
        body = decoded(_body(), route.body) if route.body else None
        ask = Ask(service, caller, path, query, body)
        answer = route.function(ask)
        if route.texts:
            asked = _asked(route, ask)
            service.db.write(lambda tx: desk.note_list(tx, caller, f"api{route.path}", asked))
        return _respond(route, answer)

    return view


def _asked(route: Route, ask: Ask) -> dict[str, str]:
    """The filters of a list as the record may have them."""
    given = {name: getattr(ask.query, name) for name in ask.query.__struct_fields__ if request.args.get(name)}
    return {name: str(value) if name in route.texts else "" for name, value in given.items()}


def _respond(route: Route, answer: msgspec.Struct) -> Response:
    response = Response(msgspec.json.encode(answer), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    if route.location:
        response.status_code = 201
        response.headers["Location"] = PREFIX + route.location.format(answer)
    return response


def _caller(service: Service) -> Staff:
    """Whose token came with the request. Raises Refused without a good one."""
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise Refused("unauthorized", "请在 Authorization 头中带上令牌：Bearer <令牌>。")
    with service.db.read() as tx:
        caller = staff.of_token(tx, given.token)
    if caller is None:
        raise Refused("unauthorized", "令牌不对或账号已停用。请让管理员用 staff token 生成新的令牌。")
    return caller


def _body() -> bytes:
    # One byte more than the limit tells a chunked body that is too long.
    body = b"" if (request.content_length or 0) > SIZE_LIMIT else request.stream.read(SIZE_LIMIT + 1)
    if len(body) > SIZE_LIMIT or (request.content_length or 0) > SIZE_LIMIT:
        raise Refused("too_large", f"请求内容超过 {SIZE_LIMIT // 1024**2} MB 的上限。")
    return body


def _of_http(error: HTTPException) -> Response:
    codes = {status: code for code, status in reversed(STATUSES.items())}
    return problems.answer(Refused(codes.get(error.code or 500, "malformed"), "请求无法处理，请核对后重试。"))


def _no_page(error: BadCursor) -> Response:
    text = "cursor 不可用。请照原样传回上一页的 next_cursor。"
    return problems.answer(Refused("invalid_field", text, field="cursor"))


def _unavailable(error: StorageError) -> Response:
    log.error("an answer could not be stored or read: %s", error)
    return problems.answer(Refused("unavailable", "数据库或文件暂时不可用，内容没有保存，请稍后重试。"))


def _broken(error: Exception) -> Response:
    log.exception("an answer could not be made for %s %s", request.method, request.url_rule)
    return problems.answer(Refused("broken", "系统出了问题，已经记录。请稍后再试。"))
