"""Articles: the shelf, the writing desk, the moves, and how one looks on a phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from bot.console import labels
from bot.console.evidence import sealed_off
from bot.console.forms import typed, version
from bot.console.lists import Column, Filter, List, show
from bot.console.moves import Tried, forms, take
from bot.console.session import Visit
from bot.web import pages
from bot.web.refusals import status_of
from content.errors import ContentError
from content.exposure import cover, markdown
from handlers.errors import Refused
from handlers.exposure import articles, layout
from handlers.exposure.layout import CONTENT_LIMIT, compose
from handlers.moves import barred
from storage import timeline
from storage.engine.database import Tx
from storage.exposure import article
from storage.exposure.article import Article
from storage.submissions.listing import COUNTED

DONE = {move.name: move.label for move in articles.MOVES} | {"save": "保存"}


SHELF = List(
    "articles_shelf",
    columns=(
        Column("标题", "article_title", main=True),
        Column("状态", "article_state"),
        Column("类别", "article_category"),
        Column("当事人", "party"),
        Column("作者", "author"),
        Column("审核", "approver"),
        Column("时间", "article_time"),
    ),
    empty="没有稿件。",
    filters=(Filter("state", "状态", {"": "全部", **articles.STATES}),),
    size=200,
)


def shelf(visit: Visit) -> str:
    """Articles, the newest first, all or those in one state."""
    with visit.service.db.read() as tx:
        shown = show(SHELF, partial(article.every, tx))
    return render_template("console/articles.html", shown=shown, may_write=_may_write(visit))


def counted(_visit: Visit, tx: Tx, chosen: Mapping[str, str]) -> int:
    """How many the shelf shows under these filters."""
    return article.count(tx, chosen["state"], COUNTED)


def _may_write(visit: Visit) -> bool:
    return bool(articles.WRITERS & visit.staff.roles)


def read(visit: Visit, id: str) -> ResponseReturnValue:
    """One article as it stands."""
    return _page(visit, id, Tried())


def act(visit: Visit, id: str, name: str) -> ResponseReturnValue:
    """Take a move; a refusal shows the page as it is now, with what was typed."""
    after = take(visit, articles.PROCEDURE, articles.move, id, name)
    if isinstance(after, Tried):
        return _page(visit, id, after)
    return redirect(url_for("console.articles_read", id=id, done=name), 303)


def _page(visit: Visit, id: str, tried: Tried) -> tuple[str, int]:
    def address(name: str) -> str:
        return url_for("console.articles_act", id=id, name=name)

    with visit.service.db.read() as tx:
        found = articles.read(tx, id, visit.staff)
        page = render_template(
            "console/article.html",
            found=found,
            entries=timeline.of(tx, id),
            forms=forms(visit, tx, articles.PROCEDURE, found, address, tried),
            barred=barred(tx, articles.PROCEDURE, found, visit.staff),
            may_edit=_may_write(visit) and found.state == "draft",
            refused=tried.refused,
            done=DONE.get(request.args.get("done", "")),
            length=len(_html(visit, tx, found)),
            limit=CONTENT_LIMIT,
        )
    return page, tried.status


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
    return Response(_drawn(found.title, labels.category(found.category)), mimetype="image/jpeg")


def _mime(content: bytes) -> str:
    """Covers passed content.cover.check: they are JPEG or PNG."""
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"


@lru_cache(maxsize=32)
def _drawn(title: str, label: str) -> bytes:
    return cover.draw(title, label)


@dataclass(frozen=True)
class Uploads:
    """What came with the form and is stored already. `cover` None keeps the cover, '' has one drawn."""

    cover: str | None
    pictures: tuple[tuple[str, str], ...]


def blank(visit: Visit) -> str:
    """The form for a new article."""
    return _form({"category": "other"})


def create(visit: Visit) -> ResponseReturnValue:
    """Store a new draft."""
    values = typed()
    try:
        uploads = _take_in(visit)
        made = visit.service.db.write(lambda tx: _write(tx, visit, values, uploads))
    except (Refused, ContentError) as error:
        return _form(values, error=error), _status(error)
    return _next(made, uploads)


def _write(tx: Tx, visit: Visit, values: Mapping[str, str], uploads: Uploads) -> Article:
    made = articles.write(tx, values, cover=uploads.cover or "", staff=visit.staff)
    _add_pictures(tx, made, uploads)
    return made


def edit(visit: Visit, id: str) -> ResponseReturnValue:
    """The form of a draft."""
    with visit.service.db.read() as tx:
        found = articles.read(tx, id, visit.staff)
        pictures = article.pictures(tx, id)
    if found.state != "draft":
        return redirect(url_for("console.articles_read", id=id))
    names = ("title", "summary", "body", "category", "party")
    values = {name: str(getattr(found, name)) for name in names} | {"version": str(found.version)}
    return _form(values, id=id, pictures=pictures)


def save(visit: Visit, id: str) -> ResponseReturnValue:
    """Store the changes of a draft. One that somebody else changed meanwhile is not overwritten."""
    values, made_from = typed(), version()
    try:
        uploads = _take_in(visit)
        after = visit.service.db.write(lambda tx: _change(tx, visit, id, values, uploads, made_from))
    except (Refused, ContentError) as error:
        with visit.service.db.read() as tx:
            pictures = article.pictures(tx, id)
        return _form(values, id=id, pictures=pictures, error=error), _status(error)
    return _next(after, uploads)


def _change(tx: Tx, visit: Visit, id: str, values: Mapping[str, str], uploads: Uploads, made_from: int) -> Article:
    after = articles.edit(tx, id, values, cover=uploads.cover, staff=visit.staff, version=made_from)
    _add_pictures(tx, after, uploads)
    return after


def _add_pictures(tx: Tx, found: Article, uploads: Uploads) -> None:
    """Add what was uploaded; raises ContentError when the text shows a picture the article does not have."""
    for sha256, mime in uploads.pictures:
        article.add_picture(tx, found.id, sha256=sha256, mime=mime)
    layout.check(found.body, [row["id"] for row in article.pictures(tx, found.id)])


def _take_in(visit: Visit) -> Uploads:
    """Check and store the uploaded files; raises ContentError for one that cannot be used."""
    front = _picture(request.files.get("cover"))
    pictures = [checked for file in request.files.getlist("pictures") if (checked := _picture(file))]
    store = visit.service.files.put
    kept = "" if request.form.get("drawn") else None
    return Uploads(
        cover=store(front.content) if front else kept,
        pictures=tuple((store(fitted.content), fitted.mime) for fitted in map(cover.fit, pictures)),
    )


def _picture(file: FileStorage | None) -> cover.Picture | None:
    content = file.read() if file else b""
    return cover.check(content) if content else None


def _next(found: Article, uploads: Uploads) -> ResponseReturnValue:
    """On to the article; or back to the form when new pictures are to be put into the text."""
    if uploads.pictures:
        return redirect(url_for("console.articles_edit", id=found.id, _anchor="pictures"), 303)
    return redirect(url_for("console.articles_read", id=found.id, done="save"), 303)


def _status(error: Refused | ContentError) -> int:
    return status_of(error) if isinstance(error, Refused) else 422


def _form(
    values: Mapping[str, str],
    *,
    id: str = "",
    pictures: list[dict[str, Any]] | None = None,
    error: Exception | None = None,
) -> str:
    return render_template(
        "console/writing.html",
        values=values,
        id=id,
        pictures=pictures or [],
        problem=str(error or ""),
        stale=isinstance(error, Refused) and status_of(error) == 409,
        title_limit=articles.TITLE_LIMIT,
        summary_limit=articles.SUMMARY_LIMIT,
        body_limit=articles.BODY_LIMIT,
    )
