"""``/api/v1/articles``."""

import base64
import binascii
import re

from bot.api import shapes
from bot.api.ask import PAGE_LIMIT, Ask, moved, texts
from bot.api.schemas import ArticleChange, ArticleDetail, ArticlePage, NewArticle
from content.errors import ContentError
from content.exposure import cover
from handlers.errors import Refused
from handlers.exposure import articles, layout
from storage.engine.database import Tx
from storage.engine.files import Files
from storage.exposure import article
from storage.exposure.article import Article

_DATA_URI = re.compile(r"data:image/(?:jpeg|jpg|png)(?:;[\w=-]+)*?;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)


def page(ask: Ask) -> ArticlePage:
    office, query = ask.service.office, ask.query
    if query.state and query.state not in articles.STATES:
        raise Refused("invalid_field", f"state 可选：{'、'.join(articles.STATES)}。", field="state")
    with ask.service.db.read() as tx:
        found = article.every(tx, state=query.state or "", after=query.cursor, limit=min(query.limit, PAGE_LIMIT))
        items = [shapes.article_detail(tx, office, item, ask.staff) for item in found]
    return ArticlePage(items, found.next or None)


def one(ask: Ask) -> ArticleDetail:
    with ask.service.db.read() as tx:
        return _answer(tx, ask, articles.read(tx, ask.path["id"], ask.staff))


def create(ask: Ask) -> ArticleDetail:
    body: NewArticle = ask.body
    values = _values(body, frozenset())
    stored = _cover(ask.service.files, body.cover) or ""
    return ask.service.db.write(lambda tx: _answer(tx, ask, articles.write(tx, values, cover=stored, staff=ask.staff)))


def edit(ask: Ask) -> ArticleDetail:
    body: ArticleChange = ask.body
    with ask.service.db.read() as tx:
        pictures = frozenset(str(row["id"]) for row in article.pictures(tx, ask.path["id"]))
    values = _values(body, pictures)
    stored = _cover(ask.service.files, body.cover)

    def change(tx: Tx) -> ArticleDetail:
        changed = articles.edit(tx, ask.path["id"], values, cover=stored, staff=ask.staff, version=body.version)
        return _answer(tx, ask, changed)

    return ask.service.db.write(change)


def move(ask: Ask) -> ArticleDetail:
    office = ask.service.office
    values = moved(ask.body, articles.MOVES, office.timezone)

    def take(tx: Tx) -> ArticleDetail:
        id, name = ask.path["id"], ask.path["move"]
        after = articles.move(tx, office, id, name, staff=ask.staff, version=ask.body.version, values=values)
        return _answer(tx, ask, after)

    return ask.service.db.write(take)


def _answer(tx: Tx, ask: Ask, found: Article) -> ArticleDetail:
    return shapes.article_detail(tx, ask.service.office, found, ask.staff)


def _values(body: NewArticle, pictures: frozenset[str]) -> dict[str, str]:
    """The fields of a draft whose body can be shown with the pictures it has. Raises Refused."""
    values = texts(body, "title", "summary", "body", "category", "party")
    try:
        layout.check(values["body"], pictures)
    except ContentError as error:
        raise Refused("invalid_field", str(error), field="body") from None
    return values


def _cover(files: Files, uri: str | None) -> str | None:
    """The stored picture of a data URI; '' asks for a drawn one, None says nothing. Raises Refused."""
    if not uri:
        return uri
    found = _DATA_URI.fullmatch(uri.strip())
    try:
        if found is None:
            raise ContentError("封面须为 JPEG 或 PNG 图片的 data URI，如 data:image/jpeg;base64,…。")
        return files.put(cover.check(base64.b64decode(found[1])).content)
    except (ContentError, binascii.Error) as error:
        text = str(error) if isinstance(error, ContentError) else "封面的 base64 不完整。"
        raise Refused("invalid_field", text, field="cover") from None
