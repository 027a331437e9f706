"""Released articles as people read them on the public pages."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for

from content.exposure import markdown
from content.submissions import categories
from handlers.exposure.layout import compose
from handlers.office import Office
from storage.exposure.article import Article

TEASER = 90


@dataclass(frozen=True)
class Card:
    """What the pages show of an article besides its body."""

    id: str
    title: str
    teaser: str
    category: str
    day: str
    iso_day: str
    wechat: str


def card(office: Office, found: Article) -> Card:
    released = (found.released_at or found.updated_at).astimezone(office.timezone)
    return Card(
        id=found.id,
        title=found.title,
        teaser=found.summary or markdown.plain_text(found.body, TEASER),
        category=_label(found.category),
        day=f"{released.year}年{released.month}月{released.day}日",
        iso_day=released.date().isoformat(),
        wechat=found.url if found.url.startswith(("https://", "http://")) else "",
    )


def html(office: Office, found: Article, pictures: Collection[str]) -> str:
    """The article in the layout WeChat readers know; a picture that is gone leaves its description."""

    def address(id: str) -> str:
        return url_for("public.picture", id=found.id, picture=id) if id in pictures else ""

    return compose(found, office, address)


def _label(code: str) -> str:
    """'' for a category that the office has dropped since."""
    return categories.CATEGORIES[code].label if code in categories.CATEGORIES else ""
