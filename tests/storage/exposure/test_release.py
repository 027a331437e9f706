"""How far the platform has come with an article, and its last word on it."""

from datetime import timedelta

import pytest

from storage.exposure import release as releases
from storage.exposure.release import Finish


@pytest.fixture
def offer(db, add, clock):
    """A release the platform was offered, with a job id if it named one."""

    def one(job=None, channel="mass"):
        made = add()
        clock.advance(seconds=1)
        id = db.write(lambda tx: releases.begin(tx, made.id, channel))
        db.write(lambda tx: releases.update(tx, id, offered_at=tx.now, job=job))
        return made.id, id

    return one


def test_what_the_platform_told_is_remembered_step_by_step(db, ask, add, clock):
    made = add()
    id = db.write(lambda tx: releases.begin(tx, made.id, "mass"))
    assert len(id.encode()) <= 32
    db.write(lambda tx: releases.update(tx, id, uploads={"ab": "http://x/1"}))
    db.write(lambda tx: releases.update(tx, id, cover="c1", draft="d1", offered_at=clock.now))
    release = ask(lambda tx: releases.current(tx, made.id))
    assert (release.uploads, release.cover, release.draft, release.job) == ({"ab": "http://x/1"}, "c1", "d1", "")
    assert release.offered_at
    assert release.closed_at is None


def test_the_newest_release_counts(db, ask, offer, clock):
    made, _first = offer("j1")
    clock.advance(seconds=1)
    second = db.write(lambda tx: releases.begin(tx, made, "mass"))
    assert ask(lambda tx: releases.current(tx, made)).id == second
    assert ask(lambda tx: releases.current(tx, "none")) is None


def test_open_releases_are_offered_and_not_closed(db, ask, offer):
    _, open_one = offer("j1")
    _, closed = offer("j2")
    db.write(lambda tx: releases.update(tx, closed, closed_at=tx.now))
    assert [one.id for one in ask(releases.opened)] == [open_one]


def test_a_finish_is_noted_once_and_the_first_word_stands(db, ask):
    db.write(lambda tx: releases.note_finish(tx, Finish("mass", "j1", True, "送达3人", "http://x")))
    db.write(lambda tx: releases.note_finish(tx, Finish("mass", "j1", False, "改口", "")))
    assert ask(lambda tx: releases.finish_of(tx, "mass", "j1")) == Finish("mass", "j1", True, "送达3人", "http://x")
    assert ask(lambda tx: releases.finish_of(tx, "publish", "j1")) is None


def test_a_finish_nobody_claims_is_found_by_channel_and_time(db, ask, offer, clock):
    since = clock.now
    offer("known")
    for channel, job in (("mass", "known"), ("mass", "lost"), ("publish", "other")):
        db.write(lambda tx, channel=channel, job=job: releases.note_finish(tx, Finish(channel, job, True, "", "")))
    found = lambda since: [one.job for one in ask(lambda tx: releases.unclaimed_finishes(tx, "mass", since))]  # noqa: E731
    assert found(since) == ["lost"]
    assert found(clock.now + timedelta(hours=1)) == []
