"""The service at work, and the people it needs."""

import pytest

from bot.doctor import running
from storage import ticks
from storage.people import staff
from storage.people.staff import Role
from tests.bot.doctor.conftest import states


def test_a_worker_that_stands_still_is_told(examined, clock):
    db = examined.service.db
    assert states(running.worker(examined)) == ["warn"]
    db.write(lambda tx: ticks.ran(tx, "media"))
    assert states(running.worker(examined)) == ["ok"]
    clock.advance(minutes=4)
    db.write(lambda tx: ticks.ran(tx, "readyz"))
    (found,) = running.worker(examined)
    assert (found.state, "4 分钟" in found.text) == ("warn", True)
    clock.advance(minutes=-30)
    assert states(running.worker(examined)) == ["hint"]


def test_a_message_that_is_given_up_is_told(examined, phone):
    db = examined.service.db
    assert states(running.messages(examined)) == ["ok"]
    phone.say("帮助")
    db.write(lambda tx: tx.run("update inbox set state = 'failed', attempts = 1"))
    assert states(running.messages(examined)) == ["hint"]
    db.write(lambda tx: tx.run("update inbox set attempts = 5"))
    assert states(running.messages(examined)) == ["warn"]


@pytest.mark.parametrize(("kind", "state"), [("notice", "hint"), ("alarm_command", "warn")])
def test_what_did_not_arrive_is_told(examined, tip, kind, state):
    assert states(running.notices(examined)) == ["ok"]
    tip()
    values = dict.fromkeys(("cause", "recipient", "payload"), "")
    examined.service.db.write(
        lambda tx: tx.insert(
            "outbox",
            id="1",
            kind=kind,
            topic="submission",
            about="x",
            part=1,
            attempts=1,
            state="failed",
            due_at=tx.stamp,
            created_at=tx.stamp,
            **values,
        )
    )
    assert states(running.notices(examined)) == [state]


def test_somebody_is_needed_for_each_role(examined, hire):
    assert states(running.people(examined)) == ["warn"] * 3 + ["hint"] * 5
    hire("wang", *Role)
    assert states(running.people(examined)) == ["ok"]
    examined.service.db.write(lambda tx: staff.set_disabled(tx, "wang", disabled=True))
    (intake, *_), others = running.people(examined), states(running.people(examined))
    assert "staff add 姓名 --role intake" in intake.remedy
    assert len(others) == 8
