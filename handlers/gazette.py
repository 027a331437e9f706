"""曝光 and 查: what has been released to the public, and nothing else."""

from content.replies import say
from handlers.call import Call, Reply
from storage import article
from storage.records import Article


def latest(call: Call) -> Reply | None:
    if call.word != "曝光":
        return None
    articles = article.released(call.tx, limit=5)
    if not articles:
        return Reply(say("exposure_none"))
    return Reply(say("exposure_latest", site=call.site, articles=_lines(call, articles)))


def look_up(call: Call) -> Reply | None:
    name = call.rest_after("查", apart=True)
    if name is None:
        return None
    if len(name) < 2:
        return Reply(say("lookup_ask"))
    articles = article.released(call.tx, text=name, limit=5)
    if not articles:
        return Reply(say("lookup_none", name=name[:40]))
    return Reply(say("lookup_found", name=name[:40], articles=_lines(call, articles)))


def _lines(call: Call, articles: list[Article]) -> list[dict[str, str]]:
    return [
        {
            "title": item.title,
            "day": call.site.local(item.released_at or item.created_at)[:10],
            "link": f"{call.site.base_url}/exposures/{item.id}",
        }
        for item in articles
    ]
