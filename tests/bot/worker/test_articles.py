"""What the journeys of an article leave out: its own faults, a database that fails in between, and doubt."""

from datetime import timedelta

import pytest

from bot.simulator import Fault
from bot.worker.articles import POLL, UNSURE
from handlers.exposure import articles, releasing
from storage.errors import Unavailable
from storage.exposure import article
from storage.people.staff import Role

SENDALL, SUBMIT = "message/mass/sendall", "freepublish/submit"
TEXT = {"title": "某店案", "summary": "罚款", "body": "正文", "category": "other", "party": ""}


@pytest.fixture
def due(town, hire):
    """Bring an article to its time."""
    town.platform.follow("a")
    editor, reviewer, publisher = hire("b", Role.EDITOR), hire("s", Role.REVIEWER), hire("f", Role.PUBLISHER)

    def bring(channel="mass", cover="", **changes):
        def write(tx):
            made = articles.write(tx, TEXT | changes, cover=cover, staff=editor)
            articles.move(tx, town.service.office, made.id, "submit", staff=editor, version=None, values={})
            articles.move(tx, town.service.office, made.id, "approve", staff=reviewer, version=None, values={})
            values = {"at": tx.now.isoformat(), "channel": channel}
            return articles.move(
                tx, town.service.office, made.id, "schedule", staff=publisher, version=None, values=values
            )

        return town.service.db.write(write)

    return bring


@pytest.fixture
def found(town):
    def read(made):
        with town.service.db.read() as tx:
            return article.get(tx, made.id)

    return read


def test_an_article_too_long_for_the_platform_fails_with_the_reason_before_it_is_asked(town, due, found):
    made = due(body="\n\n".join(["字" * 40] * 400))
    town.work(rounds=2)
    assert found(made).state == "failed"
    assert "20000" in found(made).reason
    assert town.asked("draft/add") == 0


def test_a_cover_that_is_missing_on_disk_fails_with_the_remedy(town, due, found):
    made = due(cover="0" * 64)
    town.work(rounds=2)
    assert found(made).state == "failed"
    assert "从备份恢复" in found(made).reason


def test_a_database_that_fails_right_after_sending_does_not_make_it_look_unsent(town, due, found, monkeypatch):
    made = due()
    town.platform.script(SENDALL, Fault(no_event=True))

    def unavailable(*_):
        raise Unavailable("the database cannot be used now")

    with monkeypatch.context() as patch:
        patch.setattr(releasing, "accepted", unavailable)
        town.work(rounds=2)
    assert found(made).state == "releasing"
    town.work_until(lambda: found(made).state == "released", seconds=16)
    assert town.cards("a") == ["某店案"]


@pytest.mark.parametrize("code", [45009, 45028])
def test_quota_that_is_gone_is_not_asked_again_within_the_minute(town, due, found, code):
    made = due("publish")
    town.platform.script(SUBMIT, Fault(errcode=code))
    town.work(rounds=30, seconds=2)
    assert town.asked(SUBMIT) == 1
    assert (found(made).state, str(code) in found(made).reason) == ("scheduled", True)


def test_an_administrator_who_does_not_confirm_ends_it(town, due, found):
    made = due()
    town.platform.script(SENDALL, Fault(errcode=89505))
    town.work(rounds=2)
    assert found(made).state == "failed"
    assert "89505" in found(made).reason


def test_a_dead_cover_is_uploaded_again(town, due, found):
    made = due()
    town.platform.script("draft/add", Fault(errcode=40007))
    town.work_until(lambda: found(made).state == "released")
    assert town.asked("material/add_material") == 2
    assert town.cards("a") == ["某店案"]


def test_after_a_day_of_doubt_it_is_left_to_people_rather_than_sent_twice(town, due, found):
    made = due()
    town.platform.script(SENDALL, *[Fault(lost=True, no_event=True)] * 3)
    town.work(rounds=1)
    town.clock.advance(hours=24)
    town.work(rounds=3, seconds=30)
    assert found(made).state == "failed"
    assert found(made).reason == UNSURE
    assert len(town.cards("a")) <= 1


def test_a_first_retry_comes_within_ten_seconds(town, due, found):
    made = due()
    town.platform.script("draft/add", Fault(errcode=-1))
    town.work(rounds=2)
    assert "系统繁忙" in found(made).reason
    assert found(made).state == "scheduled"
    town.work(seconds=8)
    assert town.asked("draft/add") == 2


def test_polling_begins_after_fifteen_seconds_and_not_before(town, due, found):
    made = due()
    town.platform.script(SENDALL, Fault(no_event=True))
    town.work(rounds=2)
    town.work(rounds=6, seconds=2)
    assert town.asked("message/mass/get") == 0
    town.work_until(lambda: found(made).state == "released", seconds=5)
    assert town.asked("message/mass/get") >= 1
    assert timedelta(seconds=15) == POLL
