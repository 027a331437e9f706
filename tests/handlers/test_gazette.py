"""曝光: what is public, the latest or by topic."""

import pytest

from storage import article


@pytest.fixture
def released(newsroom):
    """An article that is out."""

    def release(title="某熟食店案", party="某熟食店", **changes):
        made = newsroom.write(title=title, party=party, **changes)
        db = newsroom.office.db
        return db.write(lambda tx: article.change(tx, made, state="released", released_at=tx.now))

    return release


def test_without_articles_it_says_so(phone):
    assert "还没有发布" in phone.say("曝光")


def test_the_latest_five_with_their_day_and_link(phone, released, clock):
    for i in range(6):
        clock.advance(hours=1)
        last = released(f"案{i}")
    reply = phone.say("曝光")
    assert "案5" in reply
    assert "案0" not in reply
    assert f"2026-11-23 http://127.0.0.1:8000/exposures/{last.id}" in reply


def test_what_is_not_out_is_not_told(phone, newsroom):
    newsroom.scheduled(party="老王熟食店")
    assert "还没有发布" in phone.say("曝光")
    assert "没有找到" in phone.say("曝光 老王熟食店")


@pytest.fixture
def cases(released):
    """Three articles of different topics and townships."""
    released("辣条案", "某商行", category="rural_fake", body="## 基本案情\n\n超化镇集市巡查时查获。\n")
    released("减脂饼干案", "某网店", category="influencer_food", summary="曲梁镇一网店虚假宣传")
    released("熟食案", "老王熟食店", category="online_offline")


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("曝光 网红", "减脂饼干案"),
        ("曝光 网红食品", "减脂饼干案"),
        ("曝光 农村假冒伪劣食品", "辣条案"),
        ("曝光：超化", "辣条案"),
        ("曝光　超化镇", "辣条案"),
        ("曝光 曲梁", "减脂饼干案"),
        ("曝光 老王", "熟食案"),
        ("曝光 饼干", "减脂饼干案"),
    ],
)
def test_by_topic_township_or_word(phone, cases, asked, title):
    reply = phone.say(asked)
    assert [name for name in ("辣条案", "减脂饼干案", "熟食案") if name in reply] == [title]


def test_what_no_article_is_about_is_said_with_a_way_on(phone, cases):
    assert "没有找到“登封”" in phone.say("曝光 登封")
    assert "/exposures" in phone.say("曝光 保健")


@pytest.mark.parametrize("word", ["%%", "__", "' or 1=1 --"])
def test_signs_are_looked_up_as_they_are(phone, cases, word):
    assert "没有找到" in phone.say(f"曝光 {word}")


def test_whoever_wants_somebody_exposed_is_not_answered_with_articles(phone, cases):
    assert "典型案例曝光" not in phone.say("曝光这家黑店")


def test_in_a_talk_an_answer_that_begins_so_stays_one(phone, cases):
    phone.say("举报")
    phone.say("1")
    assert "【店名】" not in phone.say("曝光这家黑店")
