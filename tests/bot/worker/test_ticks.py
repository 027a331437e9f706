"""The ticks: each may come any number of times and stops nothing when it fails."""

import os
import threading
import time
from datetime import timedelta

import pytest

from bot.worker.retention import forget, forget_files
from bot.worker.ticks import CALLERS, Tick, run_tick, side_by_side, start, ticks_of
from storage import ticks
from storage.errors import Unavailable
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from storage.people import staff
from storage.people.staff import Role
from storage.submissions import evidence


@pytest.fixture
def ran(service):
    """A tick that counts its runs."""
    runs = []

    def tick(**more):
        return Tick("count", 1, lambda _: runs.append(1), **more)

    tick.runs = runs
    return tick


def test_a_tick_without_rest_runs_whenever_it_is_woken(service, ran):
    for _ in range(3):
        run_tick(service, ran())
    assert len(ran.runs) == 3


def test_it_is_noted_once_a_minute_that_a_tick_still_runs(service, ran, clock):
    noted = []
    for _ in range(3):
        run_tick(service, ran())
        with service.db.read() as tx:
            noted.append(ticks.last(tx, "count"))
        clock.advance(seconds=40)
    assert noted[0] == noted[1] < noted[2]


def test_a_tick_with_rest_runs_again_only_after_it_also_in_another_process(service, ran, clock):
    tick = ran(rest=timedelta(hours=1))
    run_tick(service, tick)
    clock.advance(minutes=59)
    run_tick(service, ran(rest=timedelta(hours=1)))
    assert len(ran.runs) == 1
    clock.advance(minutes=2)
    run_tick(service, tick)
    assert len(ran.runs) == 2


def test_a_database_that_cannot_be_used_is_said_and_asked_again(service, caplog):
    def fails(_service):
        raise Unavailable("the disk is full")

    run_tick(service, Tick("due", 1, fails, rest=timedelta(hours=1)))
    assert "tick due: the disk is full" in caplog.text
    with service.db.read() as tx:
        assert ticks.last(tx, "due") is None


def test_what_is_no_longer_needed_is_forgotten_in_its_time(service, phone, clock):
    phone.say("举报")
    phone.picture("m1")

    def kept():
        with service.db.read() as tx:
            return {name: tx.value(f"select count(*) from {name}") for name in ("talk", "evidence", "inbox")}

    for days, expected in ((1.9, (1, 1, 2)), (0.2, (0, 1, 2)), (1.1, (0, 0, 2)), (181, (0, 0, 0))):
        clock.advance(days=days)
        service.db.write(forget)
        assert tuple(kept().values()) == expected


def test_open_questions_are_forgotten_after_a_day(service, phone, clock):
    phone.say("举报 店名：甲 地址：乙 问题：丙")
    phone.say("补充")
    for days, expected in ((0.9, 1), (0.2, 0)):
        clock.advance(days=days)
        service.db.write(forget)
        with service.db.read() as tx:
            assert tx.value("select count(*) from pending") == expected


def test_files_that_nothing_refers_to_are_erased_after_a_day(service):
    needed, orphan, fresh = (service.files.put(name) for name in (b"needed", b"orphan", b"fresh"))
    paths = {sha256: service.files._path(sha256) for sha256 in (needed, orphan, fresh)}
    half = paths[orphan].with_name(f"{paths[orphan].name}.1.abcd")
    half.write_bytes(b"half")
    yesterday = time.time() - 2 * 86400
    for path in (paths[needed], paths[orphan], half):
        os.utime(path, (yesterday, yesterday))

    def refer(tx):
        id = evidence.await_media(tx, sender="s", kind="image", media="m", submission=None)
        evidence.stored(tx, id, sha256=needed, size=6, mime="image/jpeg")

    service.db.write(refer)
    forget_files(service)
    kept = {path for path in service.files.folder.glob("??/*")}
    assert kept == {paths[needed], paths[fresh]}


def test_sessions_and_sent_parcels_are_forgotten(service, hire, clock):
    hire("wang", Role.INTAKE)

    def leave(tx):
        staff.open_session(tx, "wang", "token", "csrf")
        outbox.put(tx, "notice", Subject(Topic.REWARD, "n1"), openid="o1", payload={"text": "x"})
        outbox.sent(tx, outbox.claim(tx, "notice").id)

    service.db.write(leave)
    clock.advance(days=200)
    service.db.write(forget)
    with service.db.read() as tx:
        assert tx.value("select count(*) from staff_session") == tx.value("select count(*) from outbox") == 0


def test_several_are_called_at_the_same_moment():
    """Each waits for the others: one after another, the first would wait in vain."""
    together = threading.Barrier(CALLERS)
    side_by_side(lambda _kind: together.wait(timeout=5), "alarm_command")
    assert not together.broken


def test_what_breaks_beside_others_is_not_swallowed():
    def drain(_kind):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        side_by_side(drain, "alarm_command")


def test_names_are_unique_and_a_due_article_starts_within_five_seconds(service):
    table = ticks_of(service)
    assert len({tick.name for tick in table}) == len(table)
    assert {tick.name: tick.seconds for tick in table}["due"] <= 2
    assert {tick.name: tick.seconds for tick in table}["articles"] <= 2


def test_the_scheduler_wakes_every_tick_and_never_beside_itself(service):
    scheduler = start(service, service.db.engine.lead())
    jobs = scheduler.get_jobs()
    scheduler.shutdown()
    assert {job.id for job in jobs} == {tick.name for tick in ticks_of(service)}
    assert all(job.max_instances == 1 and job.coalesce for job in jobs)
