"""Articles: what the platform keeps of their HTML, and their pages once they are out.

Source: doc/offiaccount/Message_Management/Batch_Sends_and_Originality_Checks.html; which tags
and properties survive is what editors for the platform agree on, no official list exists.
"""

import re
from typing import Any

import nh3

from bot.simulator.records import Card
from bot.simulator.world import World, digest

TAGS = {
    *("section", "p", "div", "span", "strong", "b", "em", "i", "u", "s", "del", "sub", "sup", "br", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "ol", "li", "a", "img"),
    *("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup", "col"),
    *("figure", "figcaption"),
}
GONE_WITH_CONTENT = {"script", "style", "iframe", "object", "noscript", "form", "video", "audio", "svg"}
ATTRIBUTES = {
    "*": {"style"},
    "img": {"src", "alt", "width"},
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
LOST_STYLES = ("position", "transform", "animation", "grid", "transition", "z-index", "filter")
_PICTURE_WITHOUT_SOURCE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
_LINK_WITHOUT_TARGET = re.compile(r"<a(?![^>]*\shref=)[^>]*>(.*?)</a>", re.DOTALL)

Row = dict[str, Any]


def cleaned(world: World, html: str) -> str:
    """The HTML as the platform keeps it: no script, no foreign pictures, no links to elsewhere."""

    def kept(tag: str, name: str, value: str) -> str | None:
        if name == "style":
            return _style(value) or None
        if name == "src":
            return value if value.startswith(f"{world.origin}/media/") else None
        if name == "href":
            return value if value.startswith((f"{world.origin}/articles/", "https://mp.weixin.qq.com/")) else None
        return value

    html = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=GONE_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        link_rel=None,
        url_schemes={"http", "https"},
    )
    return _LINK_WITHOUT_TARGET.sub(r"\1", _PICTURE_WITHOUT_SOURCE.sub("", html))


def release(world: World, draft: Row, owner: str) -> list[Card]:
    """Give every article of a draft a page of its own; `owner` is the job that put them out."""
    cards = []
    for index, article in enumerate(draft["articles"]):
        key = digest("article", owner, str(index), world.account.app_id, size=22)
        cover = article.get("thumb_media_id", "")
        url = world.media_url(cover) if cover else ""
        card = Card(article["title"], article.get("digest", ""), url, world.article_url(key))
        row = {**article, "at": world.stamp(), "deleted": False, "card": vars(card)}
        world.memory.put("article", key, row, owner=owner)
        cards.append(card)
    return cards


def delete(world: World, owner: str, index: int = 0) -> None:
    """Take down the job's article at the index (from 1), or all of them with 0."""
    for number, (key, row) in enumerate(world.memory.rows("article", owner=owner), 1):
        if index in (0, number):
            world.memory.put("article", key, {**row, "deleted": True}, owner=owner)


def _style(value: str) -> str:
    declarations = [part.strip() for part in value.split(";") if part.strip()]
    return "; ".join(part for part in declarations if _keeps(part.lower()))


def _keeps(declaration: str) -> bool:
    return not declaration.startswith(LOST_STYLES) and "url(" not in declaration
