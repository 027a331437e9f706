"""Articles: kept as written, never overwritten, due on time, and read by the public when released."""

from datetime import timedelta

import pytest

from storage.errors import Conflict
from storage.exposure import article


def titles(found):
    return [one.title for one in found]


def test_a_draft_is_kept_as_written(ask, add):
    made = add()
    assert (made.state, made.version, made.author, made.scheduled_at) == ("draft", 1, "bianji", None)
    assert ask(lambda tx: article.find(tx, made.id)) == made
    assert ask(lambda tx: article.find(tx, "none")) is None
    with pytest.raises(LookupError):
        ask(lambda tx: article.get(tx, "none"))


def test_the_first_to_change_wins(db, ask, add):
    made = add()
    after = db.write(lambda tx: article.change(tx, made, title="改"))
    with pytest.raises(Conflict):
        db.write(lambda tx: article.change(tx, made, title="又改"))
    assert ask(lambda tx: article.get(tx, made.id)) == after


def test_a_reason_is_not_a_change(db, ask, add):
    made = add()
    db.write(lambda tx: article.note_reason(tx, made.id, "额度用完"))
    found = ask(lambda tx: article.get(tx, made.id))
    assert (found.reason, found.version) == ("额度用完", 1)


def test_due_is_what_is_scheduled_and_whose_time_has_come(ask, add, clock):
    soon, late = clock.now + timedelta(minutes=1), clock.now + timedelta(minutes=9)
    add(title="晚", state="scheduled", scheduled_at=late)
    add(title="早", state="scheduled", scheduled_at=soon)
    add(title="未排", state="approved", scheduled_at=soon)
    assert ask(article.due) == []
    clock.advance(minutes=5)
    assert titles(ask(article.due)) == ["早"]
    clock.advance(minutes=5)
    assert titles(ask(article.due)) == ["早", "晚"]


def test_the_public_reads_what_is_released_newest_first(ask, add, clock):
    for i in range(3):
        add(title=f"案{i}", party=f"店{i}", state="released", released_at=clock.now + timedelta(hours=i))
    add(title="草稿案")
    add(title="撤回案", state="withdrawn", released_at=clock.now)
    assert titles(ask(article.released)) == ["案2", "案1", "案0"]
    newest = ask(lambda tx: article.released(tx, limit=1))
    assert titles(ask(lambda tx: article.released(tx, after=newest.next, limit=1))) == ["案1"]
    assert titles(ask(lambda tx: article.released(tx, text="店1"))) == ["案1"]
    assert ask(lambda tx: article.released(tx, category="rural_fake")) == []


@pytest.mark.parametrize(("text", "found"), [("%", ["打9%折案"]), ("_", []), ("%%", []), ("\\", ["反\\斜"])])
def test_searching_the_archive_takes_percent_and_underscore_as_they_are(ask, add, clock, text, found):
    add(title="打9%折案", state="released", released_at=clock.now)
    add(title="反\\斜", state="released", released_at=clock.now)
    assert titles(ask(lambda tx: article.released(tx, text=text))) == found


def test_every_article_newest_first_or_of_one_state(ask, add):
    add(title="一")
    add(title="二", state="approved")
    assert titles(ask(article.every)) == ["二", "一"]
    assert titles(ask(lambda tx: article.every(tx, state="approved"))) == ["二"]


def test_pictures_stand_in_order(db, ask, add):
    made = add()
    ids = [db.write(lambda tx, s=s: article.add_picture(tx, made.id, sha256=s, mime="image/png")) for s in "ab"]
    assert [row["id"] for row in ask(lambda tx: article.pictures(tx, made.id))] == ids
