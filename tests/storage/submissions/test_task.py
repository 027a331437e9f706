"""What people must do: opened once for a cause, listed by its day, closed once."""

from datetime import date

import pytest

from storage.errors import Conflict
from storage.submissions import task


@pytest.fixture
def open_task(db, add):
    """Open a task of this cause; whether it is a new one."""
    made = add()

    def one(cause, due=date(2026, 12, 2)):
        return db.write(lambda tx: task.add(tx, "tell", made.id, cause, title="告知", body="已受理", due_on=due))

    return one


@pytest.fixture
def of_cause(ask):
    """The open task of a cause."""

    def one(cause):
        (submission,) = {found.submission for found in ask(task.open_ones)} or {""}
        return ask(lambda tx: task.open_of_cause(tx, "tell", submission, cause))

    return one


@pytest.fixture
def close(db, clock):
    """Close a task as it was seen."""

    def one(found, how="phone"):
        values = {"how": how, "done_by": "li", "note": "已知悉", "happened_at": clock.now}
        return db.write(lambda tx: task.change(tx, found, state="done", **values))

    return one


def test_one_cause_opens_one_task_and_the_nearest_day_stands_first(open_task, ask):
    assert open_task("far", date(2026, 12, 9))
    assert open_task("near", date(2026, 12, 1))
    assert not open_task("far")
    assert [(one.cause, one.due_on) for one in ask(task.open_ones)] == [("near", "2026-12-01"), ("far", "2026-12-09")]
    assert [one.cause for one in ask(lambda tx: task.open_ones(tx, limit=1))] == ["near"]
    assert ask(task.count_open) == 2
    assert {one.number for one in ask(task.open_ones)} == {"SA20261123-0001"}


def test_a_task_is_closed_once_with_who_how_and_when(open_task, of_cause, close, ask, clock):
    open_task("a")
    seen = of_cause("a")
    done = close(seen)
    with pytest.raises(Conflict):
        close(seen, how="letter")
    assert ask(lambda tx: task.find(tx, seen.id)) == done
    assert (done.state, done.how, done.done_by, done.note) == ("done", "phone", "li", "已知悉")
    assert done.happened_at <= clock.now
    assert of_cause("a") is None
    assert ask(lambda tx: task.find(tx, "none")) is None


@pytest.mark.parametrize(("how", "opens"), [("arrived", True), ("phone", False)])
def test_what_closed_by_itself_opens_again_and_what_people_did_stays_done(open_task, of_cause, close, ask, how, opens):
    open_task("a")
    close(of_cause("a"), how=how)
    assert open_task("a") is opens
    assert ask(task.count_open) == int(opens)


def test_of_a_submission_open_ones_come_first(open_task, of_cause, close, ask):
    open_task("done", date(2026, 12, 1))
    open_task("open", date(2026, 12, 9))
    close(of_cause("done"))
    submission = ask(task.open_ones)[0].submission
    assert [one.cause for one in ask(lambda tx: task.of(tx, submission))] == ["open", "done"]
    assert ask(lambda tx: task.of(tx, "none")) == []
