"""One release of a due article, whatever comes first and whatever is taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.errors import Refused
from handlers.exposure import releasing
from handlers.exposure.releasing import DOUBT, SURE, UNSURE, Do, Progress, Step
from storage.exposure import release as releases
from storage.exposure.release import Finish, Release


@pytest.fixture
def refused():
    def take(fn, *given, **more) -> Refused:
        with pytest.raises(Refused) as error:
            fn(*given, **more)
        return error.value

    return take


@pytest.fixture
def due(service):
    """Queue what is due."""
    return lambda: service.db.write(releasing.release_due)


@pytest.fixture
def offered(newsroom, service, due):
    """An article the platform has just been asked to send, and its release."""

    def offer(channel="mass"):
        made = newsroom.scheduled(channel)
        due()
        with service.db.read() as tx:
            release = releases.current(tx, made.id)
        assert service.db.write(lambda tx: releasing.offer(tx, release))
        return made, release

    return offer


@pytest.fixture
def finish(service):
    """The platform's word arrives."""

    def come(job, succeeded=True, channel="mass", detail="送达3人"):
        told = Finish(channel, job, succeeded, detail, "http://mp/1")
        service.db.write(lambda tx: releasing.heard(tx, told))

    return come


def test_a_due_article_is_queued_once_however_often_the_tick_comes(newsroom, due, parcels, clock):
    made = newsroom.schedule(newsroom.approved(), minutes=10)
    assert due() == 0
    clock.advance(minutes=11)
    assert [due() for _ in range(3)] == [1, 0, 0]
    (parcel,) = parcels("article")
    assert parcel.payload["article"] == made.id


def test_a_past_time_means_now(newsroom, due):
    newsroom.schedule(newsroom.approved(), days=-3)
    assert due() == 1


def test_taken_back_before_the_platform_was_asked_it_does_not_go_out(newsroom, service, due, parcels):
    made = newsroom.scheduled()
    due()
    with service.db.read() as tx:
        release = releases.current(tx, made.id)
    newsroom.move(made, "withdraw", newsroom.publisher)
    assert parcels("article") == []
    assert service.db.write(lambda tx: releasing.offer(tx, release)) is None


def test_rescheduled_it_goes_out_once_at_the_new_time(newsroom, due, parcels, clock):
    made = newsroom.scheduled()
    due()
    newsroom.schedule(made, "publish", hours=1)
    assert (due(), parcels("article")) == (0, [])
    clock.advance(hours=2)
    assert (due(), due()) == (1, 0)


def test_once_the_platform_was_asked_nobody_can_withdraw(newsroom, offered, refused):
    made, _ = offered()
    assert newsroom.read(made).state == "releasing"
    assert refused(newsroom.move, made, "withdraw", newsroom.publisher).code == "wrong_stage"


def test_asked_again_it_is_the_same_release(newsroom, offered, service):
    made, release = offered()
    version = newsroom.read(made).version
    assert service.db.write(lambda tx: releasing.offer(tx, release)).version == version


@pytest.mark.parametrize("event_first", [True, False])
def test_answer_and_finish_settle_it_whichever_comes_first(newsroom, offered, service, finish, event_first, audited):
    made, release = offered()
    steps = [lambda: finish("j1"), lambda: service.db.write(lambda tx: releasing.accepted(tx, release, "j1"))]
    for step in steps if event_first else steps[::-1]:
        step()
    found = newsroom.read(made)
    assert (found.state, found.url) == ("released", "http://mp/1")
    assert found.released_at
    finish("j1")
    assert audited().count("released") == 1


def test_one_that_is_out_because_the_platform_was_asked_learns_its_address_from_the_late_event(
    newsroom, offered, service, finish, audited
):
    made, release = offered()
    service.db.write(lambda tx: releasing.accepted(tx, release, "j1"))
    service.db.write(lambda tx: releasing.succeeded(tx, release, detail="平台查询：SEND_SUCCESS", url=""))
    finish("j2")
    assert newsroom.read(made).url == ""
    finish("j1")
    assert newsroom.read(made).url == "http://mp/1"
    assert audited().count("released") == 1


def test_a_failure_tells_why_and_may_be_scheduled_again(newsroom, offered, service, finish, due):
    made, release = offered()
    service.db.write(lambda tx: releasing.accepted(tx, release, "j1"))
    finish("j1", False, detail="平台未发出：涉嫌欺诈")
    assert (newsroom.read(made).state, newsroom.read(made).reason) == ("failed", "平台未发出：涉嫌欺诈")
    newsroom.schedule(made)
    assert due() == 1


def test_a_finish_of_something_else_settles_nothing(newsroom, offered, service, finish):
    made, release = offered()
    service.db.write(lambda tx: releasing.accepted(tx, release, "j1"))
    finish("j2")
    finish("j1", channel="publish")
    assert newsroom.read(made).state == "releasing"


def test_a_job_whose_id_was_lost_is_known_by_the_only_unclaimed_finish_after_a_while(
    newsroom, offered, finish, service, clock
):
    made, _ = offered()
    finish("j9")
    assert newsroom.read(made).state == "releasing"
    clock.advance(seconds=21)
    service.db.write(releasing.settle)
    assert newsroom.read(made).state == "released"


def test_two_unclaimed_finishes_are_not_guessed_between(newsroom, offered, finish, service, clock):
    made, _ = offered()
    finish("j8")
    finish("j9", False)
    clock.advance(seconds=21)
    service.db.write(releasing.settle)
    assert newsroom.read(made).state == "releasing"


def test_held_up_it_stays_scheduled_with_its_reason(newsroom, offered, service):
    made, release = offered()
    service.db.write(lambda tx: releasing.held_up(tx, release, "额度用完（45028）"))
    found = newsroom.read(made)
    assert (found.state, found.reason) == ("scheduled", "额度用完（45028）")


NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEW = Release("r1", "a1", "mass", {}, "", "", None, "", None, None, None)
DRAFTED = replace(NEW, cover="c1", draft="d1")
OFFERED = replace(DRAFTED, offered_at=NOW)
PUBLISHED = replace(OFFERED, channel="publish")
PICTURE = "文字\n\n![图](picture:p1)\n"


@pytest.fixture
def next_step(newsroom):
    """What comes next for an article in this state, with this release; one picture is stored."""
    made = newsroom.write()

    def ask(release, state="scheduled", body="正文", doubtful=False, **later):
        at = Progress(release, replace(made, state=state, body=body), {"p1": "sha1"})
        return releasing.next_step(at, NOW + timedelta(**later), doubtful=doubtful)

    return ask


@pytest.mark.parametrize(
    ("release", "given", "step"),
    [
        (NEW, {"body": PICTURE}, Step(Do.UPLOAD, "sha1")),
        (replace(NEW, uploads={"sha1": "http://mp/1"}), {"body": PICTURE}, Step(Do.COVER)),
        (NEW, {}, Step(Do.COVER)),
        (replace(NEW, cover="c1"), {}, Step(Do.DRAFT)),
        (DRAFTED, {}, Step(Do.OFFER)),
        (OFFERED, {"state": "releasing"}, Step(Do.SEND)),
        (PUBLISHED, {"state": "releasing"}, Step(Do.SEND)),
        (replace(OFFERED, channel="draft"), {"state": "releasing"}, Step(Do.KEEP)),
        (replace(OFFERED, accepted_at=NOW), {"state": "releasing"}, Step(Do.DONE)),
        (replace(OFFERED, closed_at=NOW), {"state": "released"}, Step(Do.DONE)),
        (replace(NEW, closed_at=NOW), {"state": "approved"}, Step(Do.DONE)),
        (replace(DRAFTED, closed_at=NOW), {"state": "approved"}, Step(Do.DROP)),
        (DRAFTED, {"state": "approved"}, Step(Do.DROP)),
    ],
)
def test_step_by_step_from_the_pictures_to_the_sending(next_step, release, given, step):
    assert next_step(release, **given) == step


def test_a_picture_that_is_not_the_articles_fails_it_by_name(next_step):
    step = next_step(NEW, body="![图](picture:p9)")
    assert (step.do, "p9" in step.what) == (Do.FAIL, True)


@pytest.mark.parametrize(
    ("release", "since", "step"),
    [
        (OFFERED, timedelta(0), Step(Do.SEND)),
        (OFFERED, SURE, Step(Do.SEND)),
        (OFFERED, SURE + timedelta(seconds=1), Step(Do.FAIL, UNSURE)),
        (PUBLISHED, timedelta(0), Step(Do.WAIT, "等待平台结果")),
        (PUBLISHED, DOUBT - timedelta(seconds=1), Step(Do.WAIT, "等待平台结果")),
        (PUBLISHED, DOUBT, Step(Do.ASK)),
        (PUBLISHED, SURE + timedelta(seconds=1), Step(Do.FAIL, UNSURE)),
    ],
)
def test_in_doubt_nothing_is_done_that_could_send_twice(next_step, release, since, step):
    assert next_step(release, "releasing", doubtful=True, seconds=since.total_seconds()) == step
