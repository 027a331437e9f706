"""曝光 and 查: what is public, and nothing else."""

import pytest

from storage import article


@pytest.fixture
def released(newsroom):
    """An article that is out."""

    def release(title="某熟食店案", party="某熟食店"):
        made = newsroom.write(title=title, party=party)
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


def test_a_name_is_looked_up_in_titles_and_parties(phone, released):
    released("某店案", "老王熟食店")
    assert "某店案" in phone.say("查 老王熟食")
    assert "某店案" in phone.say("查询：老王熟食")
    assert "没有查到" in phone.say("查 张三面馆")


def test_what_is_not_out_is_not_found(phone, newsroom):
    newsroom.scheduled(party="老王熟食店")
    assert "没有查到" in phone.say("查 老王熟食店")
    assert "还没有发布" in phone.say("曝光")


def test_submissions_are_never_found(phone, tip, other_phone):
    tip()
    assert "没有查到" in other_phone.say("查 老王熟食店")


@pytest.mark.parametrize("text", ["查", "查 王", "查询"])
def test_a_name_too_short_is_asked_for(phone, text):
    assert "请回复“查 店名”" in phone.say(text)


@pytest.mark.parametrize("name", ["%%", "__", "' or 1=1 --"])
def test_signs_are_looked_up_as_they_are(phone, released, name):
    released()
    assert "没有查到" in phone.say(f"查 {name}")
