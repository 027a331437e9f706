"""Notices: queued once, in parts that fit."""

from datetime import timedelta

from content.replies import LIMIT_BYTES
from handlers import notices


def put(office, subject, text, **more):
    office.db.write(lambda tx: notices.put(tx, subject, openid="o1", text=text, **more))


def test_a_short_notice_is_one_parcel(office, parcels):
    put(office, "n1", "您好")
    assert [(row.subject, row.payload["text"]) for row in parcels()] == [("n1", "您好")]


def test_a_long_one_is_told_in_parts_that_fit(office, parcels):
    put(office, "n1", "办理情况说明" * 300)
    parts = parcels()
    assert [row.subject for row in parts] == ["n1", "n1:2", "n1:3"]
    assert "".join(row.payload["text"] for row in parts) == "办理情况说明" * 300
    assert all(len(row.payload["text"].encode()) <= LIMIT_BYTES for row in parts)


def test_the_same_subject_is_not_told_twice(office, parcels):
    put(office, "n1", "一")
    put(office, "n1", "二")
    assert [row.payload["text"] for row in parcels()] == ["二"]


def test_it_may_wait(office, parcels, clock):
    put(office, "n1", "您好", due_at=clock.now + timedelta(hours=1))
    assert parcels()[0].due_at > (clock.now + timedelta(minutes=59)).isoformat()[:19]


def test_one_that_insists_says_so_in_every_part(office, parcels):
    put(office, "n1", "办理情况说明" * 300, insist=True)
    put(office, "n2", "您好")
    assert ["insist" in row.payload for row in parcels()] == [True, True, True, False]
