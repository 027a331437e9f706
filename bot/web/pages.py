"""What every HTML answer carries: security headers, and error pages in Chinese."""

from flask import Flask, Response, g, render_template_string, request
from flask_bootstrap import Bootstrap5
from werkzeug.exceptions import HTTPException

from bot.web.metrics import FORBIDDEN

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
ARTICLE_STYLES = "'self' 'unsafe-inline'"
"""Articles carry their looks in style attributes, the only ones WeChat keeps."""


def policy(**directives: str) -> str:
    """The Content-Security-Policy with some directives replaced (``style_src=…``)."""
    changed = POLICY | {name.replace("_", "-"): value for name, value in directives.items()}
    return "; ".join(f"{name} {value}" for name, value in changed.items())


ENCRYPTED_ONLY = "max-age=31536000"
"""For a year browsers come by HTTPS alone (RFC 6797). Other names under the same domain are not ours to promise."""


def protect(app: Flask, *, encrypted: bool) -> None:
    """Add the headers to every answer, serve Bootstrap, and speak Chinese when something is refused."""
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    app.static_url_path = "/static"  # the app has no folder of its own; Bootstrap's address is made from this
    Bootstrap5(app)

    @app.after_request
    def headers(response: Response) -> Response:
        if response.status_code == 403:
            FORBIDDEN.labels(g.get("forbidden") or request.blueprint or "none").inc()
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Content-Security-Policy", policy())
        if encrypted:
            response.headers.setdefault("Strict-Transport-Security", ENCRYPTED_ONLY)
        return response

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        if error.response is not None or (error.code or 500) < 400:
            return error.get_response()  # type: ignore[return-value]
        page = _error_page(error.code or 500)
        # What a client is to do next: Allow, Retry-After.
        page.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
        return page

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        app.logger.exception("an answer could not be made for %s %s", request.method, request.path)
        return _error_page(500)


def _error_page(code: int) -> Response:
    home = next(place for place in HOMES if request.path.startswith(place[0]))
    page = render_template_string(ERROR_PAGE, text=TEXTS.get(code, TEXTS[500]), code=code, home=home)
    return Response(page, code, content_type="text/html; charset=utf-8")


HOMES = (("/console", "/console/", "返回工作台首页"), ("/", "/exposures", "返回公开曝光页"))
"""Where an error page leads, by the beginning of the path."""
TEXTS = {
    400: "请求不完整或页面已过期，请返回上一页刷新后重试。",
    403: "没有权限，或页面已过期。请刷新后重试。",
    404: "没有这个页面，可能已被撤下。",
    405: "不支持这种访问方式。",
    409: "内容刚被他人更新，请刷新后重试。",
    413: "内容太大。",
    500: "系统出了问题，已经记录。请稍后再试。",
    503: "系统暂时不可用，请稍后再试。",
}
ERROR_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ code }}</title>{{ bootstrap.load_css() }}</head>
<body class="bg-body-tertiary"><main class="container py-5"><div class="row justify-content-center pt-5">
<div class="col-md-8 col-lg-6"><div class="bg-white border rounded p-4 p-md-5">
<p class="text-secondary mb-2">{{ code }}</p><h1 class="h4 mb-4">{{ text }}</h1>
<a class="btn btn-outline-secondary" href="{{ home[1] }}">{{ home[2] }}</a>
</div></div></div></main></body></html>
"""
