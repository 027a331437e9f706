"""查 and 曝光: what is public about a business, what has been released. Nothing here reads what anybody handed in."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from content.replies import say
from content.submissions import categories
from handlers.chat.context import Context, Reply
from handlers.registers import businesses, credit_codes, disclosure, names
from storage.exposure import article
from storage.exposure.article import Article
from storage.registers import imports
from storage.registers.business import Business

SHOWN = 5
LOOKED_FOR = 200
"""Characters of what was typed that are looked for: the database refuses a text of any length."""
_ASKING = re.compile(
    r"^(?:一下|下|查|询|看|个|一查|查看|一个)+|(?:这家店|这家|这个店|怎么样|咋样|有没有问题|有问题吗|好不好|行不行)[?？]?$"
)
"""What people say around a name, for politeness."""
LISTED, PENALTIES, ARTICLES = 2, 3, 3
"""How many are told of one business; a phone shows no more, and an answer has its limit."""
_SUBMISSION = re.compile(r"SA\d{8}-?\d{4,}", re.I)
_NUMBERED = re.compile(r"(.+?)\s+(?:第\s*)?([1-5])\s*(?:家|个|号)?")


def look_up(context: Context) -> Reply | None:
    """查, with what was typed behind it: apart from the word it is a name; else only what is one (查一下老王熟食店)."""
    typed = _ASKING.sub("", context.opening.rest)
    if (context.opening.apart and typed == context.opening.rest) or context.word:
        return about(context, typed)
    plain = " ".join(unicodedata.normalize("NFKC", typed[:LOOKED_FOR]).split())
    is_name = len(plain) > 1 and (
        context.recognition.merchant == typed
        or credit_codes.looks_like_code(plain)
        or businesses.matches(context.tx, plain, context.office.region)
    )
    return about(context, typed) if is_name else None


def about(context: Context, typed: str) -> Reply:
    """What is public about the business that somebody names."""
    typed = " ".join(unicodedata.normalize("NFKC", typed[:LOOKED_FOR]).split())
    if len(typed) < 2:
        return Reply(say("lookup_ask"))
    if _SUBMISSION.fullmatch(typed):
        return Reply(say("lookup_number", number=typed))
    if credit_codes.looks_like_code(typed) and (fault := credit_codes.fault(credit_codes.plain(typed))):
        return Reply(say("lookup_code_wrong", code=credit_codes.plain(typed)[:24], fault=fault))
    found = businesses.matches(context.tx, typed, context.office.region)
    chosen = (
        businesses.certain(found, typed, context.office.region)
        or _only(context, typed, found)
        or _numbered(context, typed)
    )
    if chosen:
        return _one(context, chosen)
    if found:
        return _several(context, typed, found)
    return _articles_only(context, typed)


def _only(context: Context, typed: str, found: Sequence[Business]) -> Business | None:
    """The one business near, when what was typed stands in its name as it is: no slip, no mere sound."""
    part = names.take_apart(typed, context.office.region).core
    whole = names.take_apart(found[0].name, context.office.region).whole if len(found) == 1 else ""
    return found[0] if whole and part in whole else None


def _numbered(context: Context, typed: str) -> Business | None:
    """查 老王 2: the second of those that 查 老王 lists. Nothing of the list needs to be remembered."""
    parts = _NUMBERED.fullmatch(typed)
    if parts is None:
        return None
    found = businesses.matches(context.tx, parts[1], context.office.region)
    number = int(parts[2])
    return found[number - 1] if number <= len(found) else None


def _one(context: Context, found: Business) -> Reply:
    shown = disclosure.disclosed(context.tx, found, context.office.today(context.now))
    plain = names.take_apart(found.name, context.office.region).core
    articles = article.released(context.tx, text=plain, limit=ARTICLES) if len(plain) >= 2 else []
    return Reply(
        say(
            "lookup_business",
            business=found,
            listings=[
                {"day": entry.decided_on, "reason": disclosure.told(entry.reason, 40), "by": entry.decided_by}
                for entry in shown.listings[:LISTED]
            ],
            penalties=[
                {
                    "day": penalty.decided_on,
                    "document": penalty.document,
                    "violation": disclosure.told(penalty.violation, 30),
                    "content": disclosure.told(penalty.content, 40),
                    "by": penalty.authority,
                }
                for penalty in shown.penalties[:PENALTIES]
            ],
            more=max(0, len(shown.penalties) - PENALTIES),
            articles=article_lines(context, articles),
            **_source(context),
        )
    )


def _several(context: Context, typed: str, found: Sequence[Business]) -> Reply:
    near = [{"name": one.name, "place": one.address or one.township or one.code} for one in found]
    return Reply(
        say("lookup_several", name=_said(typed), near=near, articles=_articles(context, typed), **_source(context))
    )


def _articles_only(context: Context, typed: str) -> Reply:
    name, articles = _said(typed), _articles(context, typed)
    if articles:
        return Reply(say("lookup_found", name=name, articles=articles, **_source(context)))
    return Reply(say("lookup_none", name=name, **_source(context)))


def _articles(context: Context, typed: str) -> list[dict[str, str]]:
    found: list[Article] = article.released(context.tx, text=typed, limit=ARTICLES)
    return article_lines(context, found)


def _said(typed: str) -> str:
    return typed[:40]


def _source(context: Context) -> dict[str, str]:
    """Whose registers answer, on which day, and since when at the latest each of them is up to date."""
    times: list[datetime] = list(imports.imported(context.tx).values())
    return {
        "office": context.office.name,
        "today": context.office.today(context.now).isoformat(),
        "updated": context.office.today(min(times)).isoformat() if times else "",
    }


def exposures(context: Context) -> Reply:
    """曝光: the latest; with a township or a category behind it, what was released about that."""
    if context.opening.rest:
        return _exposures_about(context, unicodedata.normalize("NFKC", context.opening.rest[:LOOKED_FOR]).strip())
    articles = article.released(context.tx, limit=SHOWN)
    if not articles:
        return Reply(say("exposure_none"))
    return Reply(say("exposure_latest", office=context.office, articles=article_lines(context, articles)))


def _exposures_about(context: Context, word: str) -> Reply:
    category = _category(word)
    if category:
        topic, articles = categories.label(category), article.released(context.tx, category=category, limit=SHOWN)
    else:
        topic, articles = word[:20], article.released(context.tx, word=word, limit=SHOWN)
    if not articles:
        return Reply(say("exposure_about_none", office=context.office, topic=topic))
    return Reply(say("exposure_about", office=context.office, topic=topic, articles=article_lines(context, articles)))


def _category(word: str) -> str:
    """The one category whose label contains the word, or '': 食品 stands in most of them and means none."""
    meant = [code for code, category in categories.CATEGORIES.items() if word in category.label or word == code]
    return meant[0] if len(word) > 1 and len(meant) == 1 else ""


def article_lines(context: Context, articles: list[Article]) -> list[dict[str, str]]:
    return [
        {
            "title": item.title,
            "day": context.office.local(item.released_at or item.created_at)[:10],
            "link": f"{context.office.base_url}/exposures/{item.id}",
        }
        for item in articles
    ]
