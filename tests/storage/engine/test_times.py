"""Times and ids sort as text in the order of time."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from storage.engine.times import moment, new_id, stamp, utc_now

TIMES = st.datetimes(datetime(1970, 1, 2), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(TIMES, TIMES)
def test_stamps_come_back_and_sort_as_their_times(one, other):
    assert moment(stamp(one)) == one
    assert (stamp(one) < stamp(other)) == (one < other)


@given(TIMES, st.integers(1, 10**6))
def test_ids_sort_by_the_millisecond_of_their_making(at, later):
    assert new_id(at) < new_id(at + timedelta(milliseconds=later + 1))
    assert len(new_id(at)) == 24


def test_ids_of_one_moment_differ_and_sort_in_the_order_of_making():
    now = utc_now()
    ids = [new_id(now) for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert sorted(ids) == ids
    assert {len(id) for id in ids} == {24}


def test_a_time_elsewhere_is_stored_as_the_same_moment_in_utc():
    xinmi = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
    assert stamp(xinmi) == "2026-11-23T01:00:00.000000Z"
