"""The archive for machines: Atom (RFC 4287) and JSON Feed 1.1."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import msgspec

from bot.public.reading import card
from content.exposure import markdown
from handlers.office import Office
from storage.exposure.article import Article

LENGTH = 50
ATOM = "http://www.w3.org/2005/Atom"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _title(office: Office) -> str:
    return f"{office.name} · 食品安全曝光"


def _link(office: Office, found: Article) -> str:
    return f"{office.base_url}/exposures/{found.id}"


def _released(office: Office, found: Article) -> str:
    return (found.released_at or found.updated_at).astimezone(office.timezone).isoformat(timespec="seconds")


def atom(office: Office, articles: Sequence[Article]) -> bytes:
    """The newest articles as an Atom feed."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    home = f"{office.base_url}/exposures"
    updated = _released(office, articles[0]) if articles else NEVER.isoformat()
    for name, text in (("id", home), ("title", _title(office)), ("updated", updated)):
        _add(feed, name, text)
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{home}/feed.xml")
    _add(feed, "link", rel="alternate", type="text/html", href=home)
    _add(_add(feed, "author"), "name", office.name)
    for found in articles:
        entry = _add(feed, "entry")
        shown, released = card(office, found), _released(office, found)
        texts = (("id", _link(office, found)), ("title", found.title), ("published", released), ("updated", released))
        for name, text in (*texts, ("summary", shown.teaser)):
            _add(entry, name, text)
        _add(entry, "link", rel="alternate", type="text/html", href=_link(office, found))
        _add(entry, "category", term=found.category, label=shown.category)
    content: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = _NOT_XML.sub("", text) or None
    return child


def json(office: Office, articles: Sequence[Article], older: str) -> bytes:
    """A page of the archive as a JSON Feed; `older` is the path of the next page, '' on the last."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(office),
        "language": "zh-CN",
        "authors": [{"name": office.name}],
        "home_page_url": f"{office.base_url}/exposures",
        "feed_url": f"{office.base_url}/exposures.json",
        "items": [_item(office, found) for found in articles],
    }
    if older:
        feed["next_url"] = f"{office.base_url}{older}"
    return msgspec.json.encode(feed)


def _item(office: Office, found: Article) -> dict[str, Any]:
    released, shown = _released(office, found), card(office, found)
    item = {
        "id": found.id,
        "url": _link(office, found),
        "image": f"{_link(office, found)}/cover.jpg",
        "title": found.title,
        "summary": shown.teaser,
        "content_text": markdown.plain_text(found.body) or shown.teaser or found.title,
        "tags": [shown.category] if shown.category else [],
        "category": found.category,
        "released_at": released,
        "date_published": released,
        "party": found.party,
    }
    return {name: value for name, value in item.items() if value}
