"""Submissions through the API."""

import pytest

from storage import audit
from storage.notices import alarm
from storage.people.staff import Role
from storage.submissions import identity as identities
from storage.submissions import submission
from tests.bot.api.caller import Caller, refused
from tests.verbs import WHOLE


def test_entered_for_a_caller_it_is_named_and_has_its_first_deadline(intake, service):
    response = intake.post(
        "/submissions",
        {
            "kind": "complaint",
            "category": "rural_fake",
            "merchant": " 老王熟食店 ",
            "address": "青屏大街12号",
            "description": "假酒，请打 13912345678",
            "source": "12345热线",
            "received_at": "2026-11-20T10:30:00+08:00",
            "name": "张三丰",
            "phone": "13812345678",
        },
    )
    made = response.json
    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/v1/submissions/{made['number']}"
    assert made["number"] == "SA20261123-0001"
    assert (made["kind"], made["stage"], made["named"], made["version"]) == ("complaint", "triage", True, 1)
    assert (made["merchant"], made["source"]) == ("老王熟食店", "12345热线")
    assert made["received_at"] == "2026-11-20T10:30:00+08:00"
    assert [(d["code"], d["due_on"], d["state"]) for d in made["deadlines"]] == [
        ("complaint.accept", "2026-12-01", "open")
    ]
    assert "第十五条" in made["deadlines"][0]["basis"]
    for secret in ("张三丰", "13812345678", "13912345678"):
        assert secret not in response.text
    with service.db.read() as tx:
        identity = identities._of(tx, submission.get(tx, made["number"]).id)
    assert (identity.name, identity.phone, identity.mentioned) == ("张三丰", "13812345678", "13912345678")


def test_nothing_is_required_of_staff(intake):
    made = intake.enter(kind="report")
    assert [d["code"] for d in made["deadlines"]] == ["report.verify"]
    assert (made["category"], made["named"]) == ("other", False)
    assert intake.enter(category=None, merchant=None, name="")["kind"] == "report"


def test_a_number_in_the_source_reaches_neither_answer_nor_audit(intake, service):
    made = intake.enter(source="来电 13812345678")
    assert made["source"] == "来电 〔电话〕"
    with service.db.read() as tx:
        assert all("13812345678" not in row.detail for row in audit.rows(tx))


def test_the_list_filters(intake, officer):
    report = intake.enter(merchant="老王熟食店", category="rural_fake", received_at="2026-11-20T10:00:00+08:00")
    complaint = intake.enter(kind="complaint", category="health_food_false", received_at="2026-11-22")
    urgent = intake.enter(description="三个孩子吃完后呕吐住院，正在抢救")
    unit = {"version": 1, "unit": "青屏所", "assignee": "王承办"}
    assert intake.post(f"/submissions/{report['number']}/moves/assign", unit).status_code == 200

    def numbers(**query):
        response = officer.get("/submissions", **query)
        assert response.status_code == 200, response.text
        return [item["number"] for item in response.json["items"]]

    assert numbers() == [urgent["number"], complaint["number"], report["number"]]
    assert numbers(kind="complaint") == [complaint["number"]]
    assert numbers(stage="assigned") == numbers(assignee="王承办") == numbers(unit="青屏所") == [report["number"]]
    assert numbers(category="health_food_false", q="") == [complaint["number"]]
    assert numbers(urgent="true") == [urgent["number"]]
    assert numbers(q="老王") == numbers(q=report["number"]) == [report["number"]]
    assert numbers(q="100%") == []
    assert numbers(received_from="2026-11-22", received_to="2026-11-22") == [complaint["number"]]
    assert numbers(received_to="2026-11-20T10:00:00+08:00") == []
    assert numbers(received_from="2026-11-20T10:00:00 08:00", received_to="9999-12-31") == numbers()
    assert "due_on" in officer.get("/submissions").json["items"][0]["deadlines"][0]


def test_pages_are_stable_while_submissions_come_in_and_change(intake):
    made = [intake.enter(merchant=f"第{n}家")["number"] for n in range(7)]
    seen, cursor = [], ""
    while True:
        page = intake.get("/submissions", limit=3, cursor=cursor).json
        seen += [item["number"] for item in page["items"]]
        intake.enter(merchant="后来的")
        intake.post(f"/submissions/{made[0]}/moves/note", {"version": len(seen), "note": "看过"})
        if not (cursor := page["next_cursor"]):
            break
    assert seen == made[::-1]
    assert len(intake.get("/submissions", limit=100_000).json["items"]) == 10


def test_moves_change_the_stage_and_start_and_meet_deadlines(intake, officer):
    number = intake.enter(kind="complaint")["number"]
    moved = intake.post(f"/submissions/{number}/moves/accept", {"version": 1, "note": "受理", "colour": "blue"})
    assert moved.status_code == 200, moved.text
    assert (moved.json["stage"], moved.json["version"]) == ("accepted", 2)
    assert {d["code"]: d["state"] for d in moved.json["deadlines"]} == {
        "complaint.accept": "met",
        "complaint.mediate": "open",
    }
    done = officer.post(f"/submissions/{number}/moves/settle", {"version": 2, "note": "已退款"}).json
    assert done["stage"] == "settled"
    assert ("调解成功", "已退款") in [(entry["title"], entry["body"]) for entry in done["timeline"]]


def test_moves_that_cannot_be_taken_say_why(intake, officer):
    number = intake.enter(merchant="老王熟食店")["number"]
    at = f"/submissions/{number}/moves"
    assert intake.post(f"{at}/register", {"version": 1}).json["version"] == 2
    assert refused(intake.post(f"{at}/assign", {"version": 1, "unit": "青屏所"}), 409, "stale")["version"] == 2
    refused(intake.post(f"{at}/register", {"version": 2}), 409, "wrong_stage")
    refused(intake.post(f"{at}/accept", {"version": 2}), 409, "wrong_kind")
    refused(intake.post(f"{at}/assign", {"version": 2}), 422, "missing_field")
    refused(intake.post(f"{at}/assign", {"unit": "青屏所"}), 422, "missing_field")
    refused(intake.post(f"{at}/assign", {"version": "2", "unit": "青屏所"}), 400, "wrong_type")
    refused(intake.post(f"{at}/amend", {"version": 2, "category": "poison"}), 422, "invalid_field")
    refused(intake.post(f"{at}/fly", {"version": 2}), 404, "unknown_move")
    refused(intake.post("/submissions/SA20200101-0001/moves/note", {"version": 1, "note": "x"}), 404, "not_found")
    refused(officer.post(f"{at}/assign", {"version": 2, "unit": "青屏所"}), 403, "forbidden")
    assert intake.get(f"/submissions/{number}").json["version"] == 2


def test_whoever_decided_does_not_review_the_dispute(officer, client, service, phone, stored):
    phone.say(WHOLE)
    number = stored()[-1].number
    second = Caller(service, client, "孙承办", Role.OFFICER)
    path = f"/submissions/{number}/moves"
    officer.post(f"{path}/refer", {"version": 1, "unit": "农业农村局", "note": "不属于本部门职责"})
    phone.say("异议 就在你们辖区")
    made = officer.get(f"/submissions/{number}").json
    assert made["stage"] == "disputed"
    assert not any(move["name"].startswith("review_") for move in made["moves"])
    body = {"version": made["version"], "note": "维持"}
    refused(officer.post(f"{path}/review_uphold", body), 403, "own_decision")
    refused(officer.post(f"{path}/reopen", body), 403, "forbidden")
    assert second.post(f"{path}/review_uphold", body).json["stage"] == "upheld"


def test_a_search_for_a_text_of_any_length_is_refused_as_what_it_is(intake):
    intake.enter(kind="report", category="other", merchant="甲")
    refused(intake.get("/submissions", q="糖" * 20_000), 422, "too_long")


@pytest.mark.parametrize(
    ("description", "more", "rings"),
    [
        ("幼儿园里二十多个孩子正在上吐下泻", {}, True),
        ("二十多个孩子正在上吐下泻", {"received_at": "2026-11-23T08:40:00+08:00"}, True),
        ("二十多个孩子正在上吐下泻", {"received_at": "2026-08-03T08:40:00+08:00"}, False),
        ("小学门口的小卖部卖过期辣条，孩子们天天买", {}, False),
        ("食堂没有健康证", {}, False),
    ],
)
def test_danger_now_that_is_entered_calls_whoever_is_on_duty(intake, service, description, more, rings):
    made = intake.enter(description=description, merchant="阳光小学食堂", **more)
    with service.db.read() as tx:
        found = alarm.of(tx, made["number"])
        stored = submission.get(tx, made["number"])
    assert (found is not None) == rings
    if rings:
        assert (stored.urgency, found.open) == (2, True)
        assert found.reasons[0] in stored.reasons
