"""One alarm for a submission, due at once, answered for once."""

from datetime import date, timedelta

import pytest

from storage.notices import alarm
from storage.submissions import submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


@pytest.fixture
def ring(db, ask):
    """Raise the alarm of a new submission."""

    def make():
        def store(tx):
            draft = Draft(Kind.REPORT, "triage", "other", tx.now, merchant="阳光食堂", address="西大街")
            stored = submission.add(tx, draft, identity=Identity(), day=date(2026, 11, 23))
            alarm.add(tx, stored.id, ["有人发病"])
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
    assert [one.id for one in ask(alarm.opened)] == [first().id, second().id]
    assert first().next_at == first().raised_at
    later = db.clock() + timedelta(minutes=10)
    db.write(lambda tx: alarm.wait(tx, first(), round=1, until=later))
    assert first().next_at == later
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
