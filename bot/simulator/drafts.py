"""The draft box (草稿箱).

Sources: doc/offiaccount/Draft_Box/Add_draft.html, doc/offiaccount/Draft_Box/Get_draft.html.
"""

import re
from typing import Any

from bot.simulator.articles import cleaned
from bot.simulator.errors import Refusal, listed, mapped, require
from bot.simulator.records import Ask
from bot.simulator.world import World, digest

ARTICLES = 8
CHARACTERS, BYTES = 20_000, 1024 * 1024  # both below
DIGEST_DEFAULT = 54
PICTURES = 20  # of a newspic
# field, largest length in characters, code
LENGTHS = (("title", 32, 45003), ("author", 16, 45110), ("digest", 128, 45004))
SOURCE_URL_BYTES = 1024

Row = dict[str, Any]


def draft_of(world: World, key: object) -> Row:
    """A draft still in the box. Raises Refusal 40007 for unknown, deleted, sent or published."""
    found = world.memory.get("draft", key) if isinstance(key, str) else None
    if found is None or found["gone"]:
        raise Refusal(40007)
    return found


def take_out(world: World, key: str) -> None:
    """Remove a draft from the box; what it held stays known, so that a repeat can be told."""
    found = world.memory.get("draft", key)
    if found is not None:
        world.memory.put("draft", key, {**found, "gone": True})


def add(world: World, ask: Ask) -> Row:
    """draft/add: up to eight articles."""
    articles = listed(ask.body.get("articles"), 44003)
    require(len(articles) <= ARTICLES, 45008)
    kept = [_checked(world, mapped(article, 44003)) for article in articles]
    if len(kept) == 1 and not kept[0]["digest"]:
        kept[0]["digest"] = _first_words(kept[0]["content"])
    key = digest("draft", str(world.memory.count_up("draft")), world.account.app_id, size=43)
    world.memory.put("draft", key, {"articles": kept, "gone": False, "at": world.stamp()})
    return {"media_id": key}


def update(world: World, ask: Ask) -> Row:
    """draft/update: replaces one article, `index` from 0."""
    key = str(ask.body.get("media_id", ""))
    draft, index = draft_of(world, key), ask.body.get("index", 0)
    require(isinstance(index, int) and 0 <= index < len(draft["articles"]), 40035)
    draft["articles"][index] = _checked(world, mapped(ask.body.get("articles"), 44003))
    world.memory.put("draft", key, draft)
    return {}


def get(world: World, ask: Ask) -> Row:
    """draft/get: the articles as the platform keeps them."""
    draft = draft_of(world, ask.body.get("media_id"))
    return {"news_item": draft["articles"], "create_time": draft["at"], "update_time": draft["at"]}


def delete(world: World, ask: Ask) -> Row:
    """draft/delete."""
    key = str(ask.body.get("media_id", ""))
    draft_of(world, key)
    take_out(world, key)
    return {}


def count(world: World, ask: Ask) -> Row:
    """draft/count."""
    return {"total_count": len(_box(world))}


def batch_get(world: World, ask: Ask) -> Row:
    """draft/batchget: `count` drafts (1 to 20) from `offset`, newest first."""
    offset, wanted = ask.body.get("offset", 0), ask.body.get("count", 20)
    require(isinstance(offset, int) and isinstance(wanted, int) and 1 <= wanted <= 20, 40035)
    box = _box(world)[::-1]
    items = [
        {"media_id": key, "content": {"news_item": draft["articles"]}, "update_time": draft["at"]}
        for key, draft in box[offset : offset + wanted]
    ]
    return {"total_count": len(box), "item_count": len(items), "item": items}


def _box(world: World) -> list[tuple[str, Row]]:
    return [(key, draft) for key, draft in world.memory.rows("draft") if not draft["gone"]]


def _checked(world: World, raw: Row) -> Row:
    article: Row = {name: str(raw.get(name) or "") for name in ("title", "author", "digest", "content")}
    require(article["title"].strip(), 45003)
    for name, longest, code in LENGTHS:
        require(len(article[name]) <= longest, code)
    source = str(raw.get("content_source_url") or "")
    require(len(source.encode()) <= SOURCE_URL_BYTES, 45005)
    content = article["content"]
    require(content.strip(), 44004)
    require(len(content) < CHARACTERS and len(content.encode()) < BYTES, 45002)
    cover = _cover(world, raw)
    return {
        **article,
        "article_type": raw.get("article_type", "news"),
        "content": cleaned(world, content),
        "content_source_url": source,
        "thumb_media_id": cover,
        "thumb_url": world.media_url(cover),
        "need_open_comment": int(raw.get("need_open_comment") or 0),
        "only_fans_can_comment": int(raw.get("only_fans_can_comment") or 0),
    }


def _cover(world: World, raw: Row) -> str:
    """The permanent picture that stands for the article. Raises Refusal 40007."""
    if raw.get("article_type", "news") != "newspic":
        return _picture(world, raw.get("thumb_media_id"))
    listed = (raw.get("image_info") or {}).get("image_list") or []
    require(1 <= len(listed) <= PICTURES, 40007)
    pictures = [_picture(world, item.get("image_media_id")) for item in listed]
    return pictures[0]


def _picture(world: World, key: object) -> str:
    require(world.media(key, permanent=True)["kind"] in {"image", "thumb"}, 40007)
    return str(key)


def _first_words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())[:DIGEST_DEFAULT]


CALLS = {
    "draft/add": ("POST", add),
    "draft/update": ("POST", update),
    "draft/get": ("POST", get),
    "draft/delete": ("POST", delete),
    "draft/count": ("GET", count),
    "draft/batchget": ("POST", batch_get),
}
