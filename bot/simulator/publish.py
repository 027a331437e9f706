"""Publishing a draft without sending it to anyone (发布).

Sources: doc/offiaccount/Publish/Publish.html, doc/offiaccount/Publish/Callback_on_finish.html.
"""

from typing import Any

from bot.simulator import articles
from bot.simulator.drafts import draft_of, take_out
from bot.simulator.errors import Refusal, require
from bot.simulator.records import Ask
from bot.simulator.world import World, digest

DONE, RUNNING = 0, 1

Row = dict[str, Any]


def submit(world: World, ask: Ask) -> Row:
    """freepublish/submit: only accepts the job; how it ends comes as PUBLISHJOBFINISH."""
    key = str(ask.body.get("media_id", ""))
    draft = draft_of(world, key)
    number = str(2_247_480_000 + world.memory.count_up("publication"))
    job = {"publish_id": number, "status": RUNNING, "draft": key, "articles": draft["articles"]}
    take_out(world, key)
    world.memory.put("publication", number, job)
    world.start("publish", number, {"number": number})
    return {"publish_id": number, "msg_data_id": number}


def get(world: World, ask: Ask) -> Row:
    """freepublish/get: how far a publication has come."""
    job = world.memory.get("publication", str(ask.body.get("publish_id", "")))
    if job is None:
        raise Refusal(40035)
    return _result(world, job)


def batch_get(world: World, ask: Ask) -> Row:
    """freepublish/batchget: published articles, newest first."""
    offset, wanted = ask.body.get("offset", 0), ask.body.get("count", 20)
    require(isinstance(offset, int) and isinstance(wanted, int) and 1 <= wanted <= 20, 40035)
    jobs = [job for _, job in world.memory.rows("publication") if job["status"] == DONE][::-1]
    items = [_published(world, job["article_id"]) for job in jobs[offset : offset + wanted]]
    return {"total_count": len(jobs), "item_count": len(items), "item": items}


def get_article(world: World, ask: Ask) -> Row:
    """freepublish/getarticle: the articles of one publication. Refused with 53600 when unknown."""
    return dict(_published(world, str(ask.body.get("article_id", "")))["content"])


def delete(world: World, ask: Ask) -> Row:
    """freepublish/delete: take down one article (`index` from 1) or all of them (0)."""
    owner = str(ask.body.get("article_id", ""))
    require(world.memory.rows("article", owner=owner), 53600)
    articles.delete(world, owner, int(ask.body.get("index") or 0))
    return {}


def finish(world: World, job: Row, outcome: str) -> Row:
    """End a publication with status `outcome` (success if empty); the PUBLISHJOBFINISH event."""
    found = world.memory.get("publication", job["number"]) or {}
    status = int(outcome or DONE)
    done = {**found, "status": status}
    if status == DONE:
        done["article_id"] = digest("publication", job["number"], world.account.app_id, size=43)
        articles.release(world, found, done["article_id"])
    world.memory.put("publication", job["number"], done)
    return {
        "FromUserName": world.openid("mass helper"),
        "MsgType": "event",
        "Event": "PUBLISHJOBFINISH",
        "PublishEventInfo": _result(world, done),
    }


def _result(world: World, job: Row) -> Row:
    answer: Row = {"publish_id": job["publish_id"], "publish_status": job["status"]}
    if job["status"] == DONE:
        urls = [row["card"]["url"] for _, row in world.memory.rows("article", owner=job["article_id"])]
        items = [{"idx": number, "article_url": url} for number, url in enumerate(urls, 1)]
        answer |= {
            "article_id": job["article_id"],
            "article_detail": {"count": len(items), "item": items},
        }
    elif job["status"] != RUNNING:
        answer["fail_idx"] = [1]
    return answer


def _published(world: World, owner: str) -> Row:
    rows = [row for _, row in world.memory.rows("article", owner=owner)]
    require(rows, 53600)
    news = [{**row, "url": row["card"]["url"], "is_deleted": row["deleted"]} for row in rows]
    return {"article_id": owner, "content": {"news_item": news}, "update_time": rows[0]["at"]}


CALLS = {
    "freepublish/submit": ("POST", submit),
    "freepublish/get": ("POST", get),
    "freepublish/batchget": ("POST", batch_get),
    "freepublish/getarticle": ("POST", get_article),
    "freepublish/delete": ("POST", delete),
}
FINISHES = {"publish": finish}
