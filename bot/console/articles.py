"""Articles: the shelf, one article with its preview on a phone, and the moves that lead it to the public."""

from collections.abc import Mapping
from functools import lru_cache

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot import pages
from bot.console import words
from bot.console.evidence import sealed_off
from bot.console.forms import moment, typed, version
from bot.console.session import Visit
from bot.refusals import status_of
from content.errors import ContentError
from content.exposure import cover, markdown
from handlers.errors import Refused
from handlers.exposure import articles
from handlers.exposure.layout import CONTENT_LIMIT, compose
from storage import timeline
from storage.engine.database import Tx
from storage.exposure import article
from storage.exposure.article import Article

DONE = {move.name: move.label for move in articles.MOVES} | {"save": "保存"}


def shelf(visit: Visit) -> str:
    """Articles, the newest first, all or those in one state."""
    state = request.args.get("state", "")
    with visit.service.db.read() as tx:
        found = article.every(tx, state=state if state in articles.STATES else "")
    return render_template("console/articles.html", found=found, state=state, may_write=_may_write(visit))


def _may_write(visit: Visit) -> bool:
    return bool(articles.WRITERS & visit.staff.roles)


def read(visit: Visit, id: str) -> ResponseReturnValue:
    """One article as it stands."""
    return _page(visit, id)


def act(visit: Visit, id: str, name: str) -> ResponseReturnValue:
    """Take a move; a refusal shows the page as it is now, with what was typed."""
    values, made_from, confirmed = typed(), version(), request.form.getlist("confirm")
    try:
        visit.service.db.write(
            lambda tx: articles.move(
                tx,
                id,
                name,
                staff=visit.staff,
                version=made_from,
                values=values,
                confirm=confirmed,
                at=moment(values.get("at", ""), visit.service.office),
            )
        )
    except Refused as refused:
        return _page(visit, id, refused=refused, move=name, values=values)
    return redirect(url_for("console.articles_read", id=id, done=name), 303)


def _page(
    visit: Visit,
    id: str,
    *,
    refused: Refused | None = None,
    move: str = "",
    values: Mapping[str, str] | None = None,
) -> tuple[str, int]:
    with visit.service.db.read() as tx:
        found = articles.read(tx, id, visit.staff)
        entries, html = timeline.of(tx, id), _html(visit, tx, found)
        planned = (found.scheduled_at or tx.now).astimezone(visit.service.office.timezone)
    page = render_template(
        "console/article.html",
        found=found,
        entries=entries,
        moves=articles.moves_for(found, visit.staff),
        checks=articles.checks_of(found),
        may_edit=_may_write(visit) and found.state == "draft",
        own=found.author == visit.staff.name,
        refused=refused,
        tried=move,
        values=values or {},
        planned={"at": f"{planned:%Y-%m-%dT%H:%M}", "channel": found.channel},
        confirmed=request.form.getlist("confirm"),
        done=DONE.get(request.args.get("done", "")),
        length=len(html),
        limit=CONTENT_LIMIT,
    )
    return page, status_of(refused) if refused else 200


def _html(visit: Visit, tx: Tx, found: Article) -> str:
    """The article laid out as the public will see it; its pictures come from the console."""
    there = {row["id"] for row in article.pictures(tx, found.id)}

    def address(id: str) -> str:
        return url_for("console.articles_picture", id=found.id, picture=id) if id in there else ""

    try:
        return compose(found, visit.service.office, address)
    except ContentError as error:
        return markdown.render(str(error))


def phone(visit: Visit, id: str) -> Response:
    """What a telephone shows: a page to be framed by the console, the only one with style attributes."""
    with visit.service.db.read() as tx:
        found = articles.read(tx, id, visit.staff)
        html = _html(visit, tx, found)
    response = Response(render_template("console/phone.html", found=found, html=html))
    response.headers["Content-Security-Policy"] = pages.policy(
        style_src=pages.ARTICLE_STYLES, script_src="'none'", frame_ancestors="'self'"
    )
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def picture(visit: Visit, id: str, picture: str) -> Response:
    """A picture of an article."""
    with visit.service.db.read() as tx:
        articles.read(tx, id, visit.staff)
        row = next((row for row in article.pictures(tx, id) if row["id"] == picture), None)
    if row is None:
        abort(404)
    return sealed_off(visit, row["sha256"], row["mime"], picture)


def front(visit: Visit, id: str) -> Response:
    """The cover: the uploaded one, or the one that is drawn."""
    with visit.service.db.read() as tx:
        found = articles.read(tx, id, visit.staff)
    if found.cover:
        content = visit.service.files.get(found.cover)
        return sealed_off(visit, found.cover, _mime(content), f"cover-{id}")
    return Response(_drawn(found.title, words.category(found.category)), mimetype="image/jpeg")


def _mime(content: bytes) -> str:
    """Covers passed content.cover.check: they are JPEG or PNG."""
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"


@lru_cache(maxsize=32)
def _drawn(title: str, label: str) -> bytes:
    return cover.draw(title, label)
