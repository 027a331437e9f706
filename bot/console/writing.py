"""Writing an article: text, cover and pictures in one form, so that nothing typed is lost on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from bot.console.forms import typed, version
from bot.console.session import Visit
from bot.refusals import status_of
from content.errors import ContentError
from content.exposure import cover
from handlers.errors import Refused
from handlers.exposure import articles, layout
from storage.engine.database import Tx
from storage.exposure import article
from storage.exposure.article import Article


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
        return redirect(url_for("console.writing_edit", id=found.id, _anchor="pictures"), 303)
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
