"""The archive for machines, held against RFC 4287 and jsonfeed.org/version/1.1."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "http://127.0.0.1:8000"
ABSOLUTE = re.compile(r"https?://\S+").fullmatch
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)").fullmatch
PLAIN = re.compile(r".*\S.*", re.S).fullmatch
ONE, ANY = (1, 1), (0, 99)
FEED = {
    "id": (ONE, ABSOLUTE),
    "title": (ONE, PLAIN),
    "updated": (ONE, MOMENT),
    "author": ((1, 99), None),
    "link": ((1, 99), None),
    "entry": (ANY, None),
}
ENTRY = {
    "id": (ONE, ABSOLUTE),
    "title": (ONE, PLAIN),
    "updated": (ONE, MOMENT),
    "published": ((0, 1), MOMENT),
    "summary": ((0, 1), PLAIN),
    "link": ((1, 99), None),
    "category": (ANY, None),
}
"""Of RFC 4287, 4.1.1 and 4.1.2: element -> how often it stands, and what its text is."""


def assert_construct(element, rules):
    assert {child.tag.removeprefix(ATOM) for child in element} <= set(rules)
    for name, ((least, most), text) in rules.items():
        found = element.findall(f"{ATOM}{name}")
        assert least <= len(found) <= most, name
        assert text is None or all(text(one.text) for one in found), name
    links = [link.attrib for link in element.findall(f"{ATOM}link")]
    assert all(ABSOLUTE(link["href"]) for link in links)
    alternates = [(link["type"], link.get("hreflang")) for link in links if link["rel"] == "alternate"]
    assert len(alternates) == len(set(alternates)) >= 1
    assert all(category.get("term") for category in element.findall(f"{ATOM}category"))


@pytest.mark.parametrize("titles", [(), ("第一篇 & <b>\x0b", "第二篇")])
def test_the_feed_is_atom(client, publish, titles):
    for title in titles:
        publish(title)
    feed = ElementTree.fromstring(client.get("/exposures/feed.xml").data)
    assert feed.tag == f"{ATOM}feed"
    assert_construct(feed, FEED)
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{BASE}/exposures/feed.xml"
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        assert_construct(entry, ENTRY)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(titles)


@pytest.mark.parametrize("titles", [(), ("第一篇", "第二篇")])
def test_the_feed_is_json_feed(client, publish, titles):
    for title in titles:
        publish(title, category="other", party="")
    answer = client.get("/exposures.json")
    assert answer.mimetype == "application/feed+json"
    feed = answer.json
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(ABSOLUTE(feed[name]) for name in ("home_page_url", "feed_url"))
    assert PLAIN(feed["title"])
    assert all(author["name"] for author in feed["authors"])
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == len(titles)
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert PLAIN(item["content_text"])
        assert MOMENT(item["date_published"])
        assert all(ABSOLUTE(item[name]) for name in ("url", "image"))
        assert all(isinstance(tag, str) and tag for tag in item["tags"])


def test_an_item_holds_the_article_not_only_its_teaser(client, publish):
    publish(body="## 案情\n\n卖过期卤肉。\n\n" + "查实如下。" * 100)
    text = client.get("/exposures.json").json["items"][0]["content_text"]
    assert text.startswith("案情 卖过期卤肉。")
    assert text.count("查实如下。") == 100


def test_the_feed_is_atom_with_absolute_links(client, publish):
    first = publish("第一篇 & <b>\x0b", summary="")
    second = publish("第二篇")
    answer = client.get("/exposures/feed.xml")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"{BASE}/exposures/{id}" for id in (second, first)]
    assert entries[1].findtext(f"{ATOM}title") == "第一篇 & <b>"
    assert entries[1].findtext(f"{ATOM}summary") == "案情 卖过期卤肉。"
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).utcoffset() == timedelta(hours=8)
        assert all(link.get("href").startswith(BASE) for link in element.findall(f"{ATOM}link"))
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "新密市场监管"


def test_the_json_feed(client, publish):
    first, second = publish("第一篇", party=""), publish("第二篇")
    feed = client.get("/exposures.json").json
    assert [item["id"] for item in feed["items"]] == [second, first]
    newest = feed["items"][0]
    assert newest["url"] == f"{BASE}/exposures/{second}"
    assert (newest["title"], newest["summary"], newest["party"]) == ("第二篇", "罚款五万元", "老王熟食店")
    assert (newest["category"], newest["released_at"][-6:]) == ("rural_fake", "+08:00")
    assert "party" not in feed["items"][1]
    assert [item["id"] for item in client.get("/exposures.json?category=other").json["items"]] == []


def test_the_json_feed_leads_to_older_pages(client, publish):
    for number in range(51):
        publish(f"第{number}篇")
    feed = client.get("/exposures.json").json
    older = client.get(feed["next_url"].removeprefix(BASE)).json
    assert len(older["items"]) == 1
    assert "next_url" not in older
