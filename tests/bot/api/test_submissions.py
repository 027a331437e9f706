"""Submissions through the API."""

import pytest

from handlers.submissions.intake import LIMITS
from storage import audit
from storage.people.staff import Role
from storage.submissions import evidence, submission
from storage.submissions import identity as identities
from tests.bot.api.caller import Caller, refused

WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉 姓名：张三丰 电话：13812345678"


@pytest.fixture
def intake(service, client):
    return Caller(service, client, "李受理", Role.INTAKE)


@pytest.fixture
def officer(service, client):
    return Caller(service, client, "王承办", Role.OFFICER)


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
    assert made["source"] == "来电 138****5678"
    with service.db.read() as tx:
        assert all("13812345678" not in row.detail for row in audit.rows(tx))


@pytest.mark.parametrize(
    ("given", "answered", "due_on"),
    [
        ("2020-03-02", "2020-03-02T00:00:00+08:00", "2020-03-11"),
        ("2026-11-23T09:00", "2026-11-23T09:00:00+08:00", "2026-12-02"),
        ("2026-11-22T22:00:00Z", "2026-11-23T06:00:00+08:00", "2026-12-02"),
        ("2120-01-01T00:00:00+08:00", "2120-01-01T00:00:00+08:00", None),
        ("0999-05-01T00:00:00Z", "0999-05-01T00:00:00+00:00", None),
        ("9999-11-23T09:00:00+08:00", "9999-11-23T09:00:00+08:00", "9999-12-31"),
        ("9999-12-31T23:59:59+08:00", "9999-12-31T23:59:59+08:00", "9999-12-31"),
    ],
)
def test_received_at_may_be_any_date(intake, given, answered, due_on):
    made = intake.enter(kind="complaint", received_at=given)
    assert made["received_at"] == answered
    (deadline,) = made["deadlines"]
    assert due_on is None or deadline["due_on"] == due_on
    assert ("暂行" in deadline["basis"]) == (given < "2026")
    assert intake.get(f"/submissions/{made['number']}").json["received_at"] == answered


@pytest.mark.parametrize(
    "given",
    [
        "yesterday",
        "2026-13-01",
        "0001-01-01",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59Z",
        "1" * 5000,
        "2026-11-23T25:00",
    ],
)
def test_a_time_no_calendar_shows_is_refused(intake, given):
    assert refused(intake.post("/submissions", {"received_at": given}), 422, "invalid_field")["field"] == "received_at"


@pytest.mark.parametrize("field", [name for name in LIMITS if name not in ("happened", "product", "home")])
def test_what_is_too_long_for_the_form_of_the_console_is_too_long_here(intake, stored, field):
    assert intake.enter(**{field: "长" * LIMITS[field]})["number"]
    problem = refused(intake.post("/submissions", {field: "长" * (LIMITS[field] + 1)}), 422, "too_long")
    assert problem["field"] == field
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"category": "poison"}, 422, "invalid_field", "category"),
        ({"kind": "rumour"}, 422, "invalid_field", "kind"),
        ({"merchant": "王" * 201}, 422, "too_long", "merchant"),
        ({"merchant": 5}, 400, "wrong_type", "merchant"),
        ({"shop": "老王"}, 400, "unknown_field", "shop"),
        ([], 400, "wrong_type", "请求内容"),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused_naming_the_key(intake, stored, body, status, code, field):
    assert refused(intake.post("/submissions", body), status, code)["field"] == field
    assert stored() == []


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


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "x"},
        {"stage": "x"},
        {"category": "x"},
        {"urgent": "perhaps"},
        {"limit": "0"},
        {"limit": "many"},
        {"limit": "-1"},
        {"cursor": "x"},
        {"cursor": "£"},
        {"received_from": "x"},
        {"received_to": "9999-12-31T23:59:59-11:00"},
    ],
)
def test_a_filter_that_means_nothing_is_refused(intake, query):
    assert refused(intake.get("/submissions", **query), 422, "invalid_field")["field"] == next(iter(query))


def test_an_unknown_filter_is_refused_rather_than_ignored(intake):
    assert refused(intake.get("/submissions", statge="triage"), 400, "unknown_field")["field"] == "statge"


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


def test_opening_is_recorded_and_shows_what_may_be_done(intake, officer, audited):
    number = intake.enter(merchant="老王熟食店")["number"]
    opened = intake.get(f"/submissions/{number}").json
    assert audited()[-1] == "open"
    assert [move["name"] for move in opened["moves"]] == [
        "register",
        "assign",
        "refer",
        "decline",
        "amend",
        "transfer",
        "join",
        "ask",
        "answer",
        "note",
    ]
    assign = next(move for move in opened["moves"] if move["name"] == "assign")
    assert assign["fields"][0] == {"name": "unit", "label": "承办单位", "required": True}
    entry = opened["timeline"][0]
    assert (entry["actor"], entry["title"]) == ("李受理", "收到")
    assert "register" not in [move["name"] for move in officer.get(f"/submissions/{number}").json["moves"]]


def test_moves_change_the_stage_and_start_and_meet_deadlines(intake, officer):
    number = intake.enter(kind="complaint")["number"]
    moved = intake.post(f"/submissions/{number}/moves/accept", {"version": 1, "note": "受理", "colour": "blue"})
    assert moved.status_code == 200, moved.text
    assert (moved.json["stage"], moved.json["version"]) == ("accepted", 2)
    assert {d["code"]: d["state"] for d in moved.json["deadlines"]} == {
        "complaint.accept": "met",
        "complaint.mediate": "open",
    }
    done = officer.post(f"/submissions/{number}/moves/conclude", {"version": 2, "note": "已退款"}).json
    assert done["stage"] == "concluded"
    assert ("办结", "已退款") in [(entry["title"], entry["body"]) for entry in done["timeline"]]


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


def test_only_stored_evidence_is_listed_and_no_answer_tells_who_reported(phone, intake, service, stored):
    phone.say(WHOLE)
    (report,) = stored()

    def arrive(tx):
        sender = identities.sender(tx, report.id)
        ids = [evidence.await_media(tx, sender=sender, kind="image", media=m, submission=report.id) for m in "ab"]
        evidence.stored(tx, ids[0], sha256="f" * 64, size=1234, mime="image/jpeg")

    service.db.write(arrive)
    answers = [intake.get("/submissions"), intake.get(f"/submissions/{report.number}")]
    assert answers[1].json["evidence"] == [{"sha256": "f" * 64, "kind": "image", "bytes": 1234}]
    assert answers[1].json["named"] is True
    for answer in answers:
        for secret in (phone.openid, "张三丰", "13812345678"):
            assert secret not in answer.text


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
