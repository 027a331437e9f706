"""A released article as people read it."""

from bot.simulator.samples import photo


def test_an_article_is_shown_in_its_layout_with_its_pictures(client, publish, service):
    content = photo()
    id = publish(picture=service.files.put(content))
    page = client.get(f"/exposures/{id}")
    assert "典型案例曝光" in page.text
    assert "<h1>“老王熟食店”卖过期卤肉被罚</h1>" in page.text
    assert "https://mp.weixin.qq.com/s/1" in page.text
    assert "style-src 'self' 'unsafe-inline'" in page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    address = page.text.split(f'src="/exposures/{id}/pictures/')[1].split('"')[0]
    shown = client.get(f"/exposures/{id}/pictures/{address}")
    assert (shown.mimetype, shown.data) == ("image/jpeg", content)
    other = publish()
    assert client.get(f"/exposures/{other}/pictures/{address}").status_code == 404
    assert "典型案例" not in client.get(f"/exposures/{publish('通告', party='')}").text.split("<main")[1]


def test_its_day_is_the_day_of_the_office(client, publish, clock):
    clock.advance(hours=15)
    id = publish()
    assert "2026年11月24日" in client.get(f"/exposures/{id}").text


def test_without_a_summary_its_first_words_stand_for_it(client, publish):
    publish(summary="", body="## 案情\n\n卖过期**卤肉**。")
    assert "案情 卖过期卤肉。" in client.get("/exposures").text


def test_a_category_that_was_dropped_since_takes_nothing_else_down(client, publish):
    id = publish("旧分类的一篇", category="dropped_since")
    for path in ("/exposures", f"/exposures/{id}"):
        page = client.get(path)
        assert (page.status_code, "旧分类的一篇" in page.text) == (200, True)
        assert "dropped_since" not in page.text
