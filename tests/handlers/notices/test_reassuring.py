"""What whoever reported an emergency is told of its alarm. That it comes once and in time is in journeys."""

import pytest

from handlers.notices import alarms, reassuring
from handlers.submissions import intake
from storage.people.staff import Role
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


@pytest.fixture
def tell(service, parcels):
    """Tell whoever is due; the texts that wait."""

    def make():
        service.db.write(lambda tx: reassuring.tell_due(tx, service.office))
        return [row.payload["text"] for row in parcels()]

    return make


@pytest.mark.parametrize(
    ("problem", "number"),
    [("好多孩子正在上吐下泻", "120"), ("老板拿刀追着我要砍我", "110"), ("后厨着火了，里面还有人", "119")],
)
def test_late_it_is_said_whom_to_call_meanwhile(tip, tell, clock, problem, number):
    stored = tip(f"举报 店名：好再来饭店 地址：溱水路8号 问题：{problem}")
    assert tell() == []
    clock.advance(minutes=10)
    (text,) = tell()
    assert all(part in text for part in (stored.number, "12315", f"打{number}"))


def test_words_that_do_not_say_whom_name_both(service, tip, tell, clock):
    stored = tip()
    service.db.write(lambda tx: alarms.raise_alarm(tx, service.office, stored))
    clock.advance(minutes=10)
    (text,) = tell()
    assert "120" in text
    assert "110" in text


def test_nothing_is_told_for_what_staff_entered(service, hire, tell, clock):
    staff = hire("wang", Role.INTAKE)

    def enter(tx):
        draft = Draft(Kind.REPORT, "triage", "", tx.now, description="好多孩子正在上吐下泻", source="电话")
        intake.enter(tx, service.office, draft, Identity(phone="13812345678"), staff=staff)

    service.db.write(enter)
    clock.advance(minutes=10)
    assert tell() == []
