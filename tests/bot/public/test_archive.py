"""The public archive: only what is released, in pages and feeds."""

import re
from xml.etree import ElementTree

import pytest

from bot.simulator.samples import photo
from storage.exposure import article

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_root_leads_to_the_archive(client):
    assert client.get("/").headers["Location"] == "/exposures"


def test_the_list_shows_released_articles_newest_first(client, publish):
    first, second = publish("第一篇"), publish("第二篇", category="health_food_false")
    publish("草稿", state="draft")
    publish("撤下的", state="withdrawn")
    page = client.get("/exposures")
    assert page.text.index(second) < page.text.index(first)
    assert "新密市场监管" in page.text
    assert "草稿" not in page.text
    assert "撤下的" not in page.text
    assert "2026年11月23日" in page.text
    assert "赵编辑" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "<script" not in page.text
    assert "style=" not in page.text


def test_the_list_filters_and_pages(client, publish):
    made = [publish(f"第{n}篇", category="other" if n % 2 else "rural_fake") for n in range(15)]
    pages = [client.get("/exposures").text]
    publish("翻页时新发的")
    pages.append(client.get(re.search(r'rel="next" href="([^"]+)"', pages[0])[1]).text)
    assert [id for id in made if id in pages[0]] == made[2:]
    assert [id for id in made if id in pages[1]] == made[:2]
    assert 'rel="first"' not in pages[0]
    assert 'rel="first"' in pages[1]
    assert 'rel="next"' not in pages[1]
    other = client.get("/exposures?category=other").text
    assert [id for id in made if id in other] == made[1::2]
    assert [id for id in made if id in client.get("/exposures?q=第12篇").text] == [made[12]]
    assert "没有找到" in client.get("/exposures?q=<script>alert(1)</script>").text
    assert "<script" not in client.get("/exposures?q=<script>alert(1)</script>").text


@pytest.mark.parametrize("query", ["after=nonsense", "after=字", "category=poison"])
def test_a_page_that_is_not_there_is_404(client, publish, query):
    publish()
    answer = client.get(f"/exposures?{query}")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text


def test_an_empty_archive_is_a_page_too(client):
    assert "还没有公布的内容" in client.get("/exposures").text
    assert client.get("/exposures.json").json["items"] == []
    assert ElementTree.fromstring(client.get("/exposures/feed.xml").data).findtext(f"{ATOM}updated")


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled", "releasing", "failed", "withdrawn"])
def test_what_is_not_released_does_not_exist(client, publish, service, state):
    id = publish("保密标题", state=state, picture=service.files.put(photo()))
    with service.db.read() as tx:
        (row,) = article.pictures(tx, id)
    for path in ("", "/cover.jpg", f"/pictures/{row['id']}"):
        answer = client.get(f"/exposures/{id}{path}")
        assert answer.status_code == 404
        assert "保密标题" not in answer.text
    for path in ("/exposures", "/exposures.json", "/exposures/feed.xml"):
        assert "保密标题" not in client.get(path).text
    assert client.get("/exposures/none").status_code == 404


def test_answers_are_cached_until_they_change(client, publish):
    id = publish()
    for path in (
        "/exposures",
        f"/exposures/{id}",
        f"/exposures/{id}/cover.jpg",
        "/exposures/feed.xml",
        "/exposures.json",
    ):
        answer = client.get(path)
        assert "max-age" in answer.headers["Cache-Control"]
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    tag = client.get("/exposures").headers["ETag"]
    publish("又一篇")
    assert client.get("/exposures", headers={"If-None-Match": tag}).status_code == 200


def test_the_looks_are_served_from_here(client):
    assert client.get("/exposures/static/public.css").mimetype == "text/css"
    assert client.get("/exposures/static/emblem.svg").mimetype == "image/svg+xml"


def test_what_is_asked_for_at_the_root_is_there(client):
    assert client.get("/favicon.ico").mimetype == "image/svg+xml"
    robots = client.get("/robots.txt")
    assert robots.mimetype == "text/plain"
    rules = robots.text.splitlines()
    for path in ("/console/", "/receipts/", "/notify/", "/api/"):
        assert f"Disallow: {path}" in rules
    assert not any("/exposures" in rule for rule in rules)
