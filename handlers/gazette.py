"""曝光: what has been released to the public, the latest or by topic, township or word."""

import re
import unicodedata

from content import categories
from content.replies import say
from handlers.chat.context import Call, Reply
from storage import article
from storage.records import Article

SHOWN = 5
# What follows stands apart: 曝光这家黑店 is somebody's report.
_ABOUT = re.compile(r"曝光[\s:，,]+(\S.*)", re.S)


def latest(call: Call) -> Reply | None:
    if call.word == "曝光":
        articles = article.released(call.tx, limit=SHOWN)
        return Reply(
            say("exposure_latest", site=call.site, articles=lines(call, articles)) if articles else say("exposure_none")
        )
    about = _ABOUT.fullmatch(unicodedata.normalize("NFKC", call.text))
    return _about(call, about[1].strip()) if about else None


def _about(call: Call, word: str) -> Reply:
    category = _category(word)
    if category:
        topic, articles = categories.label(category), article.released(call.tx, category=category, limit=SHOWN)
    else:
        topic, articles = word[:20], article.released(call.tx, word=word, limit=SHOWN)
    if not articles:
        return Reply(say("exposure_about_none", site=call.site, topic=topic))
    return Reply(say("exposure_about", site=call.site, topic=topic, articles=lines(call, articles)))


def _category(word: str) -> str:
    """The one category whose label contains the word, or '': 食品 stands in most of them and means none."""
    meant = [code for code, category in categories.CATEGORIES.items() if word in category.label or word == code]
    return meant[0] if len(word) > 1 and len(meant) == 1 else ""


def lines(call: Call, articles: list[Article]) -> list[dict[str, str]]:
    return [
        {
            "title": item.title,
            "day": call.site.local(item.released_at or item.created_at)[:10],
            "link": f"{call.site.base_url}/exposures/{item.id}",
        }
        for item in articles
    ]
