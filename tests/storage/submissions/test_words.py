"""Submissions are found by their words a moment after they came or changed, whatever the clocks do."""

from datetime import timedelta

import pytest

from storage import timeline
from storage.submissions import listing, submission, words
from storage.submissions.listing import Filter
from storage.submissions.words import LATE, Indexer


@pytest.fixture
def told(db, add):
    """Store a submission, and tell of it in the timeline."""

    def make(**changes):
        made = add(**changes)
        db.write(lambda tx: timeline.add(tx, made.id, "move", actor="citizen", title="收到"))
        return made

    return make


@pytest.fixture
def look(ask):
    return lambda text, **more: [one.number for one in ask(lambda tx: listing.search(tx, Filter(text=text, **more)))]


def test_all_its_texts_and_notes_are_found(db, told, look):
    made = told(merchant="老王熟食店", address="青屏大街12号", description="卖过期卤肉", demand="退款")
    made = db.write(lambda tx: submission.change(tx, made, unit="青屏所", external_number="1410183002026"))
    other = told(merchant="老李面馆", description="卖过期面条")
    db.write(lambda tx: timeline.add(tx, made.id, "note", actor="wang", title="备注", body="冷库钥匙在老板娘处"))
    assert look("卤肉") == []
    Indexer(db).catch_up()
    for word in ("老王", "屏大", "卤肉", "退款", "青屏所", "83002", "冷库", "过期 冷库"):
        assert look(word) == [made.number], word
    assert look("过期") == [other.number, made.number]
    assert look("过期", unit="青屏所") == [made.number]
    assert look("过期", kind="complaint") == []


def test_it_goes_on_where_it_ended_and_indexes_nothing_twice(db, told, clock):
    indexer = Indexer(db)
    told()
    assert indexer.catch_up() == 1
    assert indexer.catch_up() == 0
    clock.advance(minutes=5)
    told()
    assert (indexer.catch_up(), indexer.catch_up()) == (1, 0)
    clock.advance(minutes=5)
    assert Indexer(db).catch_up() == 1
    told()
    assert (indexer.catch_up(), indexer._seen) == (1, indexer._seen)
    assert len(indexer._seen) <= 2


def test_a_node_whose_clock_is_slow_is_not_missed(db, told, clock, look):
    indexer = Indexer(db)
    told()
    indexer.catch_up()
    clock.now -= LATE / 2
    late = told(description="慢钟")
    clock.now += LATE / 2
    indexer.catch_up()
    assert look("慢钟") == [late.number]


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=1), timedelta(hours=-1)])
def test_a_clock_that_jumps_hides_nothing(db, told, clock, look, jump):
    indexer = Indexer(db)
    for n in range(3):
        told(description=f"之前{n}")
    indexer.catch_up()
    clock.now += jump
    told(description="跳了以后")
    indexer.catch_up()
    clock.now -= jump
    told(description="回来以后")
    indexer.catch_up()
    assert len(look("以后")) == 2
    assert len(look("之前")) == 3


def test_of_a_common_word_the_newest_are_looked_at_first_and_none_is_missed(db, told, look, ask, monkeypatch):
    monkeypatch.setattr(listing, "NEAR", 2)
    made = [told(description="过期", urgency=2 if n == 0 else 0).number for n in range(6)]
    Indexer(db).catch_up()
    assert look("过期") == made[::-1]
    assert look("过期", urgent=True) == [made[0]]
    chosen = Filter(text="过期")
    assert ask(lambda tx: listing.count(tx, chosen)) == 6
    assert ask(lambda tx: listing.search(tx, chosen, order=listing.OPEN_ORDER, limit=1))[0].number == made[0]
    first = ask(lambda tx: listing.search(tx, chosen, limit=1))
    rest = ask(lambda tx: listing.search(tx, chosen, after=first.next, limit=9))
    assert [one.number for one in (*first, *rest)] == made[::-1]


def test_many_that_were_there_before_the_index_are_left_to_the_worker(db, told, look, monkeypatch):
    monkeypatch.setattr(words, "PAGE", 2)
    made = [told(description="过期").number for _ in range(5)]
    assert (Indexer(db).catch_up(pages=1), look("过期")) == (0, [])
    assert Indexer(db).catch_up() >= 5
    assert look("过期") == made[::-1]


def test_of_what_another_process_has_settled_nothing_is_remembered(db, told, clock):
    web, worker = Indexer(db), Indexer(db)
    for _ in range(4):
        told()
        worker.catch_up()
        web.catch_up(pages=1)
        clock.advance(hours=1)
    assert len(web._seen) <= 2
