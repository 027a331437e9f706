"""From a case to a released article: four eyes, checks, a date, and one release."""

from datetime import UTC, datetime

import pytest

from handlers.errors import Refused
from handlers.exposure import articles
from storage.people.staff import Role


@pytest.fixture
def refused():
    def take(fn, *given, **more) -> Refused:
        with pytest.raises(Refused) as error:
            fn(*given, **more)
        return error.value

    return take


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": ""}, "missing_field", "title"),
        ({"title": "字" * 33}, "too_long", "title"),
        ({"body": "  "}, "missing_field", "body"),
        ({"body": "字" * 20_001}, "too_long", "body"),
        ({"summary": "字" * 121}, "too_long", "summary"),
        ({"category": "nonsense"}, "invalid_field", "category"),
    ],
)
def test_an_article_that_cannot_be_accepted_names_the_field(newsroom, refused, changes, code, field):
    error = refused(newsroom.write, **changes)
    assert (error.code, error.extra["field"]) == (code, field)


def test_limits_include_the_last_character(newsroom):
    made = newsroom.write(title="字" * 32, summary="字" * 120)
    assert (len(made.title), len(made.summary), made.state) == (32, 120, "draft")


def test_only_editors_write(newsroom, refused):
    assert refused(newsroom.write, newsroom.publisher).code == "forbidden"


def test_nobody_approves_what_they_wrote(newsroom, hire, refused, offered):
    both = hire("quanneng", Role.EDITOR, Role.REVIEWER)
    made = newsroom.write(both)
    newsroom.move(made, "submit", both)
    error = refused(newsroom.move, made, "approve", both, confirm=list(articles.CHECKS))
    assert error.code == "own_article"
    assert "approve" not in offered(articles.PROCEDURE, newsroom.read(made), both)
    assert newsroom.move(made, "approve", newsroom.reviewer, confirm=list(articles.CHECKS)).approver == "shenhe"


def test_an_article_that_names_somebody_needs_every_check(newsroom, refused):
    made = newsroom.write()
    newsroom.move(made, "submit", newsroom.editor)
    first, *others = articles.CHECKS
    error = refused(newsroom.move, made, "approve", newsroom.reviewer, confirm=others)
    assert (error.code, error.extra["missing"]) == ("checks_missing", [first])
    assert newsroom.read(made).state == "in_review"


def test_a_notice_that_names_nobody_needs_none(newsroom):
    made = newsroom.write(party="")
    newsroom.move(made, "submit", newsroom.editor)
    assert newsroom.move(made, "approve", newsroom.reviewer).state == "approved"


def test_what_was_sent_back_can_be_changed_and_what_is_under_review_cannot(newsroom, service, refused):
    made = newsroom.write()
    made = newsroom.move(made, "submit", newsroom.editor)
    values = {"title": "新题", "body": "新文", "category": "other"}

    def edit(version):
        return service.db.write(
            lambda tx: articles.edit(tx, made.id, values, cover=None, staff=newsroom.editor, version=version)
        )

    assert refused(edit, made.version).code == "wrong_stage"
    assert refused(newsroom.move, made, "reject", newsroom.reviewer).code == "missing_field"
    back = newsroom.move(made, "reject", newsroom.reviewer, note="补充依据")
    assert edit(back.version).title == "新题"
    assert refused(edit, back.version).code == "stale"


@pytest.mark.parametrize(
    ("channel", "at", "field"),
    [("radio", "2026-11-24T09:00:00+08:00", "channel"), ("mass", "tomorrow", "at"), ("mass", "0001-01-01", "at")],
)
def test_a_schedule_names_a_channel_and_a_time(newsroom, refused, channel, at, field):
    made = newsroom.approved()
    error = refused(newsroom.move, made, "schedule", newsroom.publisher, channel=channel, at=at)
    assert (error.code, error.extra["field"]) == ("invalid_field", field)


def test_a_time_without_a_zone_is_that_of_the_office(newsroom):
    made = newsroom.move(newsroom.approved(), "schedule", newsroom.publisher, channel="mass", at="2026-11-24T09:00")
    assert made.scheduled_at == datetime(2026, 11, 24, 1, tzinfo=UTC)


def test_what_is_not_approved_cannot_be_scheduled_and_a_stale_look_is_told(newsroom, refused):
    made = newsroom.write()
    assert refused(newsroom.schedule, made).code == "wrong_stage"
    assert refused(newsroom.move, made, "submit", newsroom.editor, version=9).code == "stale"


def test_nobody_approves_what_they_edited_either(newsroom, hire, refused, service, offered):
    both = hire("quanneng", Role.EDITOR, Role.REVIEWER)
    made = newsroom.write()
    values = {"title": "新题", "body": "新文", "category": "other"}
    service.db.write(lambda tx: articles.edit(tx, made.id, values, cover=None, staff=both, version=made.version))
    newsroom.move(made, "submit", newsroom.editor)
    assert refused(newsroom.move, made, "approve", both).code == "own_article"
    assert "approve" not in offered(articles.PROCEDURE, newsroom.read(made), both)
    assert "approve" in offered(articles.PROCEDURE, newsroom.read(made), newsroom.reviewer)
