"""Samples come about in the order of time, as the office itself would have done it."""

from datetime import timedelta

import pytest

from bot.demo import life
from bot.demo.life import Sample
from storage import audit, timeline
from storage.submissions import submission, task
from storage.submissions.submission import Kind
from tests.verbs import NOT_FILED

DONE = (("assign", {"unit": "甲所"}), *NOT_FILED)
OLD = Sample(20, Kind.REPORT, "甲店", "甲路1号", "卖过期的牛奶", moves=DONE, said=(("confirm", {}),))
NEW = Sample(18.5, Kind.REPORT, "乙店", "乙路1号", "卖过期的面包", moves=DONE[:1])


@pytest.fixture
def lived(service):
    service.db.write(lambda tx: life.live(tx, service, (NEW, OLD)))
    with service.db.read() as tx:
        return {one.merchant: one for one in submission.every(tx)}


def test_each_move_has_its_day(lived, service, clock):
    with service.db.read() as tx:
        times = [entry.at for entry in timeline.of(tx, lived["甲店"].id) if entry.kind == "move"]
    assert [at - times[0] for at in times[:4]] == [timedelta(days=day) for day in range(4)]
    assert (clock.now - times[0]).days == 20
    assert lived["甲店"].number < lived["乙店"].number


def test_the_record_goes_forward(lived, service):
    with service.db.read() as tx:
        times = [row.at for row in audit.rows(tx)][1:]  # the installation was made today
        audit.verify(tx)
    assert times == sorted(times)


def test_of_whoever_left_no_way_that_is_said_once_and_asks_nobody(lived, service):
    with service.db.read() as tx:
        assert task.of(tx, lived["甲店"].id) == []
        titles = [entry.title for entry in timeline.of(tx, lived["甲店"].id)]
    assert titles.count("提交人联系不上") == 1


def test_its_citizen_has_spoken(lived):
    assert lived["甲店"].confirmed_at
    assert lived["乙店"].stage == "assigned"
