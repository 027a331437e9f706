"""Submissions that may belong together."""

from datetime import timedelta

from storage.submissions import related


def test_the_same_name_is_shown_newest_first_and_never_the_submission_itself(phone, other_phone, stored, service):
    for who in (phone, other_phone, phone):
        who.say("举报 店名：老王熟食店 地址：青屏大街 问题：肉臭")
    phone.say("举报 店名：老李 地址：青屏大街 问题：肉臭")
    first, second, third, _ = stored()
    since = first.received_at - timedelta(days=1)
    with service.db.read() as tx:
        rows = related.about_the_same(tx, first, since, 10)
    assert [row["number"] for row in rows] == [third.number, second.number]


def test_without_a_name_nothing_is_the_same(phone, stored, service):
    for _ in range(2):
        for text in ("举报", "跳过", "跳过", "跳过", "肉臭", "提交"):
            phone.say(text)
    first = stored()[0]
    with service.db.read() as tx:
        assert related.about_the_same(tx, first, first.received_at - timedelta(days=1), 10) == []
