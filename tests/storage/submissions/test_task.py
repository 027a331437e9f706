"""What people must do: opened once for a cause, listed by its day, closed once."""

from datetime import date

import pytest

from storage.submissions import task


@pytest.fixture
def open_task(db, add):
    """Open a task of this cause; whether it is a new one."""
    made = add()

    def one(cause, due=date(2026, 12, 2)):
        return db.write(lambda tx: task.add(tx, "tell", made.id, cause, title="告知", body="已受理", due_on=due))

    return one


@pytest.fixture
def id_of(ask):
    """The open task of a cause."""

    def one(cause):
        submission = ask(lambda tx: tx.value("select submission from task limit 1"))
        return ask(lambda tx: task.open_of_cause(tx, "tell", submission, cause))

    return one


@pytest.fixture
def close(db, clock):
    """Close the task of a cause; whether that was still to do."""

    def one(id, how="phone"):
        return db.write(lambda tx: task.close(tx, id, how=how, by="li", happened_at=clock.now, note="已知悉"))

    return one


def test_one_cause_opens_one_task_and_the_nearest_day_stands_first(open_task, ask):
    assert open_task("far", date(2026, 12, 9))
    assert open_task("near", date(2026, 12, 1))
    assert not open_task("far")
    assert [(one.cause, one.due_on) for one in ask(task.open_ones)] == [("near", "2026-12-01"), ("far", "2026-12-09")]
    assert [one.cause for one in ask(lambda tx: task.open_ones(tx, limit=1))] == ["near"]
    assert ask(task.count_open) == 2
    assert {one.number for one in ask(task.open_ones)} == {"SA20261123-0001"}


def test_a_task_is_closed_once_with_who_how_and_when(open_task, close, id_of, ask, clock):
    open_task("a")
    id = id_of("a")
    assert close(id)
    assert not close(id, how="letter")
    done = ask(lambda tx: task.get(tx, id))
    assert (done.state, done.how, done.done_by, done.note) == ("done", "phone", "li", "已知悉")
    assert done.happened_at <= clock.now
    assert id_of("a") is None
    assert ask(lambda tx: task.get(tx, "none")) is None


@pytest.mark.parametrize(("how", "opens"), [("arrived", True), ("phone", False)])
def test_what_closed_by_itself_opens_again_and_what_people_did_stays_done(open_task, close, id_of, ask, how, opens):
    open_task("a")
    close(id_of("a"), how=how)
    assert open_task("a") is opens
    assert ask(task.count_open) == int(opens)


def test_of_a_submission_open_ones_come_first(open_task, close, id_of, ask):
    open_task("done", date(2026, 12, 1))
    open_task("open", date(2026, 12, 9))
    close(id_of("done"))
    submission = ask(task.open_ones)[0].submission
    assert [one.cause for one in ask(lambda tx: task.of(tx, submission))] == ["open", "done"]
    assert ask(lambda tx: task.of(tx, "none")) == []
