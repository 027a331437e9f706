"""A submission is born the same way, whatever door it came through."""

from datetime import UTC, datetime

import pytest

from handlers.errors import Refused
from handlers.submissions import intake
from storage import timeline
from storage.people.staff import Role
from storage.submissions import deadline, submission
from storage.submissions import identity as identities
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


@pytest.fixture
def receive(service):
    def one(**changes):
        given = {"kind": Kind.REPORT, "stage": "triage", "category": "", "received_at": service.db.clock()}
        draft = Draft(**(given | changes))
        who = Identity(openid="o1")
        return service.db.write(lambda tx: intake.receive(tx, service.office, draft, who, actor="citizen"))

    return one


def test_it_gets_a_number_a_first_deadline_a_timeline_and_an_audit_row(receive, ask, audited):
    made = receive(description="卖臭肉")
    assert made.number == "SA20261123-0001"
    (due,) = ask(lambda tx: deadline.of(tx, made.id))
    assert (due.code, due.due_on, due.state, due.provisional) == ("report.verify", "2026-12-14", "open", False)
    assert "第十八条" in due.basis
    assert [entry.title for entry in ask(lambda tx: timeline.of(tx, made.id))] == ["收到"]
    assert audited() == ["receive"]


def test_a_complaint_begins_with_its_own_deadline(receive, ask):
    made = receive(kind=Kind.COMPLAINT)
    (due,) = ask(lambda tx: deadline.of(tx, made.id))
    assert (due.code, due.due_on) == ("complaint.accept", "2026-12-02")


def test_the_number_is_of_today_and_the_deadline_of_the_day_it_was_received(receive, ask):
    made = receive(kind=Kind.COMPLAINT, received_at=datetime(2026, 4, 10, tzinfo=UTC))
    assert made.number == "SA20261123-0001"
    (due,) = ask(lambda tx: deadline.of(tx, made.id))
    assert due.due_on == "2026-04-21"
    assert "20号" in due.basis


def test_the_day_of_the_number_is_the_offices(receive, clock):
    clock.now = datetime(2026, 11, 23, 16, 1, tzinfo=UTC)
    assert receive().number == "SA20261124-0001"


def test_personal_numbers_in_any_text_are_masked_and_kept_with_the_identity(receive, ask):
    phones = [f"1381234567{i}" for i in range(5)]
    texts = dict(zip(("merchant", "address", "happened", "description", "demand"), phones, strict=True))
    made = receive(**texts)
    assert all(getattr(made, name) == "〔电话〕" for name in texts)
    assert ask(lambda tx: identities._of(tx, made.id)).mentioned.split() == phones


def test_a_place_sent_later_is_masked_as_well(receive, service, ask):
    made, where = receive(address=""), {"address": "西大街 138 1234 5678"}
    service.db.write(lambda tx: intake.add_place(tx, service.office, made, where))
    assert ask(lambda tx: submission.get(tx, made.number)).address == "西大街 〔电话〕"
    assert ask(lambda tx: timeline.of(tx, made.id))[-1].body == "西大街 〔电话〕"
    assert ask(lambda tx: identities._of(tx, made.id)).mentioned == "138 1234 5678"


def test_danger_is_seen_in_any_of_its_texts(receive):
    assert receive(description="孩子住院").urgency == 2
    assert receive(merchant="阳光幼儿园").urgency == 2
    assert receive(description="包装破了").urgency == 0


@pytest.mark.parametrize(
    ("given", "text", "stored"),
    [("rural_fake", "", "rural_fake"), ("", "直播间减脂饼干降血糖的保健食品", None), ("nonsense", "没什么", "other")],
)
def test_a_category_is_kept_guessed_or_other(receive, given, text, stored):
    found = receive(category=given, description=text).category
    assert found == stored if stored else found != "other"


@pytest.mark.parametrize("field", intake.LIMITS)
def test_what_is_entered_has_the_same_limits_at_every_door(service, hire, stored, field):
    clerk = hire("li", Role.INTAKE)

    def enter(text):
        person = {"home": "address"}.get(field, field)
        who = Identity(**{person: text}) if field in ("name", "phone", "home") else Identity()
        words = {} if field in ("name", "phone", "home") else {field: text}
        draft = Draft(kind=Kind.REPORT, stage="triage", category="", received_at=service.db.clock(), **words)
        return service.db.write(lambda tx: intake.enter(tx, service.office, draft, who, staff=clerk))

    assert enter(("https://" if field == "link" else "").ljust(intake.LIMITS[field], "长")).number
    with pytest.raises(Refused) as refused:
        enter("长" * (intake.LIMITS[field] + 1))
    assert (refused.value.code, refused.value.extra) == ("too_long", {"field": field})
    assert len(stored()) == 1


def test_what_lies_outside_is_referred_within_three_working_days(tip, act, hire, ask):
    made = tip("举报 店名：老王熟食店 地址：郑州市金水区花园路1号 问题：卖过期卤肉")
    of = lambda: {one.code: one for one in ask(lambda tx: deadline.of(tx, made.id))}  # noqa: E731
    found = of()["report.refer"]
    assert (found.due_on, found.state, "第四十二条" in found.basis) == ("2026-11-26", "open", True)
    act(made.number, "refer", hire("li", Role.INTAKE), unit="金水区市场监管局", note="不属本局")
    assert of()["report.refer"].state == "met"
