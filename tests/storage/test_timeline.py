"""A subject's timeline."""

from storage import timeline


def test_entries_stand_in_order_and_apart_from_other_subjects(db, ask, clock):
    for title in ("收到", "登记", "分派"):
        db.write(lambda tx, title=title: timeline.add(tx, "s1", "move", actor="wang", title=title))
        clock.advance(seconds=1)
    db.write(lambda tx: timeline.add(tx, "s2", "move", actor="li", title="别的"))
    assert [entry.title for entry in ask(lambda tx: timeline.of(tx, "s1"))] == ["收到", "登记", "分派"]
    assert ask(lambda tx: timeline.of(tx, "s3")) == []


def test_an_entry_says_who_when_and_whether_the_reporter_may_read_it(db, ask, clock):
    db.write(lambda tx: timeline.add(tx, "s", "answer", actor="wang", title="答复", body="已核查", public=True))
    (entry,) = ask(lambda tx: timeline.of(tx, "s"))
    assert (entry.actor, entry.kind, entry.body, entry.public) == ("wang", "answer", "已核查", True)
    assert entry.at <= clock.now


def test_the_latest_of_a_kind(db, ask, clock):
    assert ask(lambda tx: timeline.latest(tx, "s", "said")) is None
    for kind, title in (("said", "一"), ("said", "二"), ("note", "三")):
        db.write(lambda tx, kind=kind, title=title: timeline.add(tx, "s", kind, actor="citizen", title=title))
        clock.advance(seconds=1)
    assert ask(lambda tx: timeline.latest(tx, "s", "said")).title == "二"
    assert not ask(lambda tx: timeline.latest(tx, "s", "note")).public
