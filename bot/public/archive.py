"""The views of the archive."""

from typing import Any

from flask import Response, abort, render_template, request, url_for

from bot.public import feeds, reading
from bot.public.pictures import Covers, stored
from bot.service import Service
from bot.web.pages import ARTICLE_STYLES, policy
from content.submissions.categories import CATEGORIES
from storage.engine.database import Row
from storage.engine.paging import Page
from storage.errors import BadCursor
from storage.exposure import article
from storage.exposure.article import Article

PAGE = 13
"""One across the page and twelve below it, in two or three columns."""
SEARCH_LIMIT = 40
FRESH = "public, max-age=60"
"""A withdrawn article must be gone soon."""
LASTING = "public, max-age=600"


class Archive:
    """What the public may read of one office. Every view answers 404 for what is not released."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._covers = Covers(service.files)

    def exposures(self) -> Response:
        category, text, after = _category(), request.args.get("q", "").strip()[:SEARCH_LIMIT], _after()
        found = self._released(PAGE, after, category=category, text=text)
        return self._page(
            "list",
            cards=[reading.card(self._service.office, item) for item in found],
            categories=CATEGORIES,
            category=category,
            text=text,
            newest=_address(category, text) if after else "",
            older=_address(category, text, found.next) if found.next else "",
        )

    def one(self, id: str) -> Response:
        found, pictures = self._found(id)
        office = self._service.office
        html = reading.html(office, found, [row["id"] for row in pictures])
        response = self._page("article", card=reading.card(office, found), html=html)
        response.headers["Content-Security-Policy"] = policy(style_src=ARTICLE_STYLES)
        return response

    def cover(self, id: str) -> Response:
        found, _ = self._found(id)
        picture = self._covers.of(found)
        return _cached(picture.content, picture.mime, LASTING)

    def picture(self, id: str, picture: str) -> Response:
        _, pictures = self._found(id)
        row = next((row for row in pictures if row["id"] == picture), None)
        content = stored(self._service.files, row["sha256"]) if row else None
        if row is None or content is None:
            abort(404)
        return _cached(content, row["mime"], LASTING)

    def feed(self) -> Response:
        found = self._released(feeds.LENGTH)
        return _cached(feeds.atom(self._service.office, found), "application/atom+xml")

    def listing(self) -> Response:
        category = _category()
        found = self._released(feeds.LENGTH, _after(), category=category)
        older = url_for("public.listing", category=category or None, after=found.next) if found.next else ""
        return _cached(feeds.json(self._service.office, found, older), "application/feed+json")

    def _page(self, template: str, **values: Any) -> Response:
        return _cached(
            render_template(f"public/{template}.html", office=self._service.office, **values), "text/html", FRESH
        )

    def _released(self, size: int, after: str = "", *, category: str = "", text: str = "") -> Page[Article]:
        try:
            with self._service.db.read() as tx:
                return article.released(tx, category=category, text=text, after=after, limit=size)
        except BadCursor:
            abort(404)

    def _found(self, id: str) -> tuple[Article, list[Row]]:
        with self._service.db.read() as tx:
            found = article.find(tx, id)
            if found is None or found.state != "released":
                abort(404)
            return found, article.pictures(tx, id)


def _after() -> str:
    """Where the page before ended."""
    return request.args.get("after", "")


def _category() -> str:
    code = request.args.get("category", "")
    return code if not code or code in CATEGORIES else abort(404)


def _address(category: str, text: str, after: str = "") -> str:
    return url_for("public.exposures", category=category or None, q=text or None, after=after or None)


def _cached(body: str | bytes, mimetype: str, control: str = FRESH) -> Response:
    """An answer that browsers keep for a while and ask for again by its tag."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = control
    response.add_etag()
    response.make_conditional(request)
    return response
