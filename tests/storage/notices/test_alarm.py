"""One alarm for a submission, due at once, answered for once."""

from datetime import date, timedelta

import pytest

from storage.notices import alarm
from storage.submissions import submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


@pytest.fixture
def ring(db, ask):
    """Raise the alarm of a new submission, which joins another one of the same person or of `lead`."""

    def make(openid="", lead=None):
        def store(tx):
            draft = Draft(Kind.REPORT, "triage", "other", tx.now, merchant="阳光食堂", address="西大街")
            stored = submission.add(tx, draft, identity=Identity(openid), day=date(2026, 11, 23))
            begin = tx.now - timedelta(hours=1)
            joined = alarm.leads(tx, begin, 1)[0] if lead else openid and alarm.lead_of(tx, openid, begin)
            alarm.add(tx, stored.id, ["有人发病"], openid=openid, lead=joined or None)
            return stored.number

        number = db.write(store)
        return lambda: ask(lambda tx: alarm.of(tx, number))

    return make


def test_a_submission_has_one_alarm_that_tells_what_and_where(ring, db):
    read = ring()
    assert not db.write(lambda tx: alarm.add(tx, read().submission, ["再次"]))
    found = read()
    assert (found.merchant, found.address, found.reasons, found.open) == ("阳光食堂", "西大街", ("有人发病",), True)


def test_it_is_due_at_once_and_then_when_it_is_said(ring, db, ask):
    first, second = ring(), ring()
    assert [one.id for one in ask(alarm.opened)] == [second().id, first().id]
    assert [one.id for one in ask(lambda tx: alarm.due(tx, 1))] == [second().id]
    assert first().next_at == first().raised_at
    later = db.clock() + timedelta(minutes=10)
    db.write(lambda tx: alarm.wait(tx, first(), round=1, until=later))
    assert first().next_at == later
    assert [one.id for one in ask(lambda tx: alarm.due(tx, 9))] == [second().id]
    assert (first().unanswered, second().unanswered) == (True, False)


def test_the_first_answer_counts_and_ends_it(ring, db, ask):
    read = ring()
    before = read()
    assert db.write(lambda tx: alarm.acknowledge(tx, before, "wang"))
    assert not db.write(lambda tx: alarm.acknowledge(tx, before, "li"))
    assert (read().open, read().acknowledged_by) == (False, "wang")
    assert ask(alarm.opened) == []


def test_calls_are_kept_in_order_and_lead_back_to_the_alarm(ring, db, ask, clock):
    read, _other = ring(), ring()
    for number, name in enumerate(("wang", "", "li"), start=1):
        db.write(
            lambda tx, number=number, name=name: alarm.note_call(
                tx, read(), number=number, round=0, staff=name, means=["wechat"]
            )
        )
    assert [(call.number, call.staff) for call in ask(lambda tx: alarm.calls(tx, read().id))] == [
        (1, "wang"),
        (2, ""),
        (3, "li"),
    ]

    def mine():
        return [one.id for one in ask(lambda tx: alarm.of_staff(tx, "li", tx.now - timedelta(hours=1)))]

    assert mine() == [read().id]
    db.write(lambda tx: alarm.acknowledge(tx, read(), "wang"))
    assert mine() == [read().id]
    clock.advance(hours=1, minutes=1)
    assert mine() == []


def test_what_joins_an_alarm_stands_in_it_and_rings_no_more(ring, ask):
    lead = ring("oOne")
    joined = [ring("oOne"), ring("oTwo", lead=True), ring("oOne"), ring("oThree", lead=True)]
    found = lead()
    assert [one.id for one in ask(alarm.opened)] == [found.id]
    assert {read().id for read in joined} == {found.id}
    assert (found.people, found.further) == (3, 2)
    assert found.others == ("SA20261123-0005", "SA20261123-0003")


def test_news_is_told_of_each_person_and_once_of_what_one_person_goes_on_to_send(ring, ask, db, clock):
    lead = ring("oOne")

    def news():
        clock.advance(minutes=1)
        return [one.id for one in ask(lambda tx: alarm.with_news(tx, tx.now - timedelta(minutes=1), 9))]

    assert news() == []
    ring("oOne")
    assert news() == [lead().id]
    db.write(lambda tx: alarm.news_told(tx, lead(), further=False))
    assert news() == [lead().id]
    db.write(lambda tx: alarm.news_told(tx, lead(), further=True))
    ring("oOne")
    assert news() == []
    ring("oTwo", lead=True)
    assert news() == [lead().id]


def test_each_reporter_is_told_once_late_and_once_when_it_is_taken(ring, ask, db):
    lead = ring("oOne")
    ring("oOne")
    ring()
    ring("oTwo", lead=True)

    def untold(**wait):
        return ask(lambda tx: [(one.number[-1], one.taken) for one in alarm.untold(tx, tx.now - timedelta(**wait), 9)])

    def tell(**wait):
        db.write(lambda tx: [alarm.told(tx, one) for one in alarm.untold(tx, tx.now - timedelta(**wait), 9)])

    assert untold(minutes=10) == []
    assert untold() == [("1", False), ("4", False)]
    tell()
    assert untold() == []
    db.write(lambda tx: alarm.acknowledge(tx, ask(lambda tx: alarm.of(tx, "SA20261123-0003")), "wang"))
    assert untold() == [("4", True)]
    db.write(lambda tx: alarm.acknowledge(tx, lead(), "wang"))
    tell()
    assert untold() == []


def test_who_is_called_for_how_many_open_alarms(ring, ask, db):
    first, second = ring(), ring()
    for read, name in ((first, "wang"), (first, "li"), (second, "wang"), (second, "wang")):
        number = len(ask(lambda tx, read=read: alarm.calls(tx, read().id))) + 1
        given = {"number": number, "round": 0, "staff": name, "means": []}
        db.write(lambda tx, read=read, given=given: alarm.note_call(tx, read(), **given))
    assert ask(alarm.called_for) == {"wang": 2, "li": 1}
    db.write(lambda tx: alarm.acknowledge(tx, first(), "wang"))
    assert ask(alarm.called_for) == {"wang": 1}
