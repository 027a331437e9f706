"""Submissions: their numbers, who may find them, and that nobody overwrites anybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from storage.chat import follower
from storage.engine.database import open_database
from storage.errors import Conflict
from storage.submissions import deadline, listing, submission
from storage.submissions.deadline import Deadline
from storage.submissions.identity import Identity
from storage.submissions.listing import Filter
from storage.submissions.submission import Kind
from storage.submissions.words import texts_of
from tests.storage.submissions.conftest import DAY, draft


@pytest.fixture
def numbers(db, ask):
    """The last digits of the numbers a filter lists, once their words are indexed."""

    def search(order=listing.NEWEST_FIRST, limit=50, **chosen):
        ids = [one.id for one in ask(lambda tx: list(submission.every(tx)))]
        db.write(lambda tx: tx.put_words(texts_of(tx, ids)))
        found = ask(lambda tx: listing.search(tx, Filter(**chosen), order=order, limit=limit))
        return [int(one.number[-4:]) for one in found]

    return search


def test_numbers_count_per_day(add):
    assert [add().number for _ in range(2)] == ["SA20261123-0001", "SA20261123-0002"]
    assert add(day=date(2026, 11, 24)).number == "SA20261124-0001"
    assert add().number == "SA20261123-0003"


def test_what_was_just_stored_is_told_as_it_is_read_later(add, ask):
    made = add(merchant="老王\0熟食店", reasons=("近期多发",), named=True, urgency=2, latitude="34.53")
    assert ask(lambda tx: submission.get(tx, made.number)) == made


def test_after_9999_a_number_grows_longer(db, add):
    db.write(lambda tx: tx.insert("daily_number", day="2026-11-23", last=9999))
    assert add().number == "SA20261123-10000"


def test_numbers_are_unique_when_two_processes_store_at_once(db, vault, clock, url):
    other = open_database(url, vault, clock)

    def store(home):
        return home.write(lambda tx: submission.add(tx, draft(), identity=Identity(), day=DAY)).number

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(store, [db, other] * 40))
    other.close()
    assert sorted(given) == [f"SA20261123-{i:04d}" for i in range(1, 81)]


def test_a_number_of_a_write_that_failed_is_given_again(db, add):
    def fails(tx):
        submission.add(tx, draft(), identity=Identity(), day=DAY)
        raise ValueError

    with pytest.raises(ValueError):
        db.write(fails)
    assert add().number == "SA20261123-0001"


def test_what_was_said_is_kept_as_it_was(ask, add):
    made = add(merchant="老王“熟食”店", reasons=("有人发病",), named=True, latitude="34.5")
    found = ask(lambda tx: submission.find(tx, made.number))
    assert found == made
    assert (found.merchant, found.reasons, found.named, found.kind) == ("老王“熟食”店", ("有人发病",), True, "report")
    assert ask(lambda tx: submission.find(tx, "SA20261123-0099")) is None
    with pytest.raises(LookupError):
        ask(lambda tx: submission.get(tx, "SA20261123-0099"))


def test_one_sees_only_ones_own_newest_first(ask, add):
    mine = [add(identity=Identity("a")).number for _ in range(3)]
    theirs = add(identity=Identity("b")).number

    def own(**more):
        return [one.number for one in ask(lambda tx: submission.of_sender(tx, follower.sender_of(tx, "a"), **more))]

    assert own() == mine[::-1]
    assert own(number=mine[0]) == [mine[0]]
    assert own(number=theirs) == []


def test_the_first_to_change_wins_and_the_second_is_told(db, ask, add):
    made = add()
    after = db.write(lambda tx: submission.change(tx, made, stage="assigned", unit="青屏所"))
    assert (after.stage, after.unit, after.version) == ("assigned", "青屏所", 2)
    with pytest.raises(Conflict, match=made.number):
        db.write(lambda tx: submission.change(tx, made, stage="declined"))
    assert ask(lambda tx: submission.find(tx, made.number)) == after


def test_of_many_who_change_at_once_one_wins(db, add):
    made = add()

    def change(i):
        try:
            return db.write(lambda tx: submission.change(tx, made, unit=f"u{i}")).unit
        except Conflict:
            return None

    with ThreadPoolExecutor(8) as pool:
        assert len([unit for unit in pool.map(change, range(8)) if unit]) == 1


def test_filters_narrow_and_together_narrow_more(numbers, add, db):
    add(kind=Kind.COMPLAINT, category="rural_fake", urgency=2)
    second = add(category="rural_fake")
    add(stage="concluded")
    db.write(lambda tx: submission.change(tx, second, unit="青屏所", assignee="wang"))
    assert numbers() == [3, 2, 1]
    assert numbers(kind="complaint") == [1]
    assert numbers(category="rural_fake") == [2, 1]
    assert numbers(category="rural_fake", urgent=True) == [1]
    assert numbers(unit="青屏所") == numbers(assignee="wang") == [2]
    assert numbers(open=True) == [2, 1]
    assert numbers(stage="concluded", kind="complaint") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("卤肉", [4, 3, 2, 1]), ("100%", [2]), ("%", []), ("a_b", [4, 3, 1]), ("_", []), ("\\", []), ("0003", [3])],
)
def test_searching_takes_percent_underscore_and_backslash_for_what_stands_between_words(numbers, add, text, found):
    add(merchant="axb")
    add(merchant="100%纯卤肉")
    add(merchant="a_b")
    add(address="a\\b")
    assert numbers(text=text) == found


def test_a_time_span_includes_its_beginning_and_not_its_end(numbers, add):
    for hour in (1, 2, 3):
        add(received_at=datetime(2026, 11, 23, hour, tzinfo=UTC))
    span = {"received_from": "2026-11-23T02:00:00.000000Z", "received_to": "2026-11-23T03:00:00.000000Z"}
    assert numbers(**span) == [2]


def test_pages_follow_each_other_without_gap_or_repeat(ask, add):
    for _ in range(7):
        add()
    page = ask(lambda tx: listing.search(tx, Filter(), limit=3))
    seen = [int(one.number[-4:]) for one in page]
    while after := page.next:
        add()  # what comes in meanwhile does not shift the pages
        page = ask(lambda tx, after=after: listing.search(tx, Filter(), after=after, limit=3))
        seen += [int(one.number[-4:]) for one in page]
    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_the_queue_puts_danger_first_then_the_nearest_deadline(db, numbers, add):
    far, near, urgent = add(), add(), add(urgency=2)
    for made, due in ((far, date(2026, 12, 9)), (near, date(2026, 12, 1)), (urgent, date(2026, 12, 20))):
        db.write(
            lambda tx, made=made, due=due: deadline.start(
                tx, made.id, Deadline("report.verify", due.isoformat(), "open", "", False)
            )
        )
    add()
    assert numbers(order=listing.OPEN_ORDER) == [3, 2, 1, 4]


def test_the_newest_danger_stands_first_in_the_queue(db, numbers, add):
    made = [add(urgency=2) for _ in range(4)]
    for one in (made[2], made[0]):
        db.write(lambda tx, one=one: submission.mark(tx, one.id, alarmed_at=tx.stamp))
    assert numbers(order=listing.OPEN_ORDER) == [1, 3, 2, 4]


def test_counts_agree_with_lists_and_every_one_is_told_once(ask, add):
    for stage in ("triage", "triage", "case"):
        add(stage=stage)
    assert ask(lambda tx: listing.count(tx, Filter(stage="triage"))) == 2
    assert ask(submission.by_stage) == {"triage": 2, "case": 1}
    told = ask(lambda tx: [one.number for one in submission.every(tx)])
    assert sorted(told) == [f"SA20261123-000{i}" for i in (1, 2, 3)]


def test_a_mark_leaves_the_version_and_ratings_are_averaged(db, ask, add):
    assert ask(submission.ratings) == (0, 0.0)
    for score in (5, 2):
        made = add()
        db.write(lambda tx, made=made, score=score: submission.mark(tx, made.id, rating=score))
    add()
    assert ask(submission.ratings) == (2, 3.5)
    assert ask(lambda tx: submission.get(tx, made.number)).version == made.version


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("SA20261123-0002", [2]),
        ("sa20261123-0002", [2]),
        ("20261123-0002", [2]),
        ("SA20261123-00", [3, 2, 1]),
        ("20261123-", [3, 2, 1]),
        ("SA2026", [3, 2, 1]),
        ("SA20261124", []),
        ("SA20261123-9999", []),
        ("2026年", [1]),
        ("SA2026店", [3]),
    ],
)
def test_a_number_is_looked_up_as_one_and_anything_else_as_words(numbers, add, typed, found):
    add(description="2026年买的")
    add()
    add(merchant="SA2026店")
    assert numbers(text=typed) == found


def test_no_list_is_counted_further_than_it_needs_to_be(ask, add):
    for _ in range(3):
        add()
    assert ask(lambda tx: listing.count(tx, Filter(), most=2)) == 2
