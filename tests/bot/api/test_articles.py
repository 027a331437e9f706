"""Articles through the API."""

import base64
import io

import pytest
from PIL import Image

from handlers.exposure.articles import CHECKS
from storage.exposure import article
from storage.people.staff import Role
from tests.bot.api.caller import Caller, refused
from tests.content.exposure.bombs import png_header

DRAFT = {
    "title": "“老王熟食店”卖过期卤肉被罚",
    "summary": "罚款五万元",
    "body": "## 案情\n\n卖过期卤肉。",
    "category": "rural_fake",
}
BOMB = f"data:image/png;base64,{base64.b64encode(png_header(9_000, 9_000)).decode()}"
CASE = DRAFT | {"party": "老王熟食店"}


@pytest.fixture
def editor(service, client):
    return Caller(service, client, "赵编辑", Role.EDITOR)


@pytest.fixture
def reviewer(service, client):
    return Caller(service, client, "钱审核", Role.REVIEWER)


@pytest.fixture
def publisher(service, client):
    return Caller(service, client, "孙发布", Role.PUBLISHER)


@pytest.fixture
def write(editor):
    """Write a draft; returns its answer."""

    def make(**fields):
        response = editor.post("/articles", DRAFT | fields)
        assert response.status_code == 201, response.text
        return response.json

    return make


def move(caller, made, name, **body):
    return caller.post(f"/articles/{made['id']}/moves/{name}", body)


@pytest.fixture
def approved(editor, reviewer, write):
    """An approved notice."""
    made = write()
    assert move(editor, made, "submit").status_code == 200
    return move(reviewer, made, "approve", version=2).json


def data_uri(kind="JPEG", mime="image/jpeg"):
    buffer = io.BytesIO()
    Image.new("RGB", (900, 383), "navy").save(buffer, kind)
    return f"data:{mime};base64,{base64.b64encode(buffer.getvalue()).decode()}"


def test_an_editor_writes_a_draft(editor):
    response = editor.post("/articles", CASE)
    made = response.json
    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/v1/articles/{made['id']}"
    assert {name: made[name] for name in CASE} == CASE
    assert (made["state"], made["version"], made["author"], made["reason"]) == ("draft", 1, "赵编辑", "")
    assert (made["scheduled_at"], made["released_at"], made["created_at"]) == (None, None, "2026-11-23T09:00:00+08:00")
    assert [check["code"] for check in made["checks"]] == list(CHECKS)
    assert [offer["name"] for offer in made["moves"]] == ["submit", "withdraw"]
    assert editor.get(f"/articles/{made['id']}").json == made


def test_a_notice_needs_no_checks_and_null_is_as_good_as_absent(write):
    assert write(party=None, cover=None, summary=None)["checks"] == []


@pytest.mark.parametrize(("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("PNG", "image/jpg")])
def test_a_cover_is_stored_and_kept_until_it_is_replaced(write, editor, service, kind, mime):
    made = write(cover=data_uri(kind, mime))

    def cover():
        with service.db.read() as tx:
            return article.get(tx, made["id"]).cover

    with Image.open(io.BytesIO(service.files.get(cover()))) as image:
        assert image.format == kind
    assert editor.call("PUT", f"/articles/{made['id']}", DRAFT | {"version": 1, "title": "新"}).json["version"] == 2
    assert cover()
    editor.call("PUT", f"/articles/{made['id']}", DRAFT | {"version": 2, "cover": ""})
    assert not cover()


@pytest.mark.parametrize(
    ("fields", "status", "code", "field"),
    [
        ({"title": "长" * 33}, 422, "too_long", "title"),
        ({"title": "  "}, 422, "missing_field", "title"),
        ({"summary": "长" * 121}, 422, "too_long", "summary"),
        ({"body": "长" * 20_001}, 422, "too_long", "body"),
        ({"body": "![现场](https://elsewhere.example/a.jpg)"}, 422, "invalid_field", "body"),
        ({"category": "poison"}, 422, "invalid_field", "category"),
        ({"category": None}, 400, "wrong_type", "category"),
        ({"author": "别人"}, 400, "unknown_field", "author"),
        ({"cover": "https://elsewhere.example/a.jpg"}, 422, "invalid_field", "cover"),
        ({"cover": BOMB}, 422, "invalid_field", "cover"),
        ({"cover": "data:image/gif;base64,R0lGODlhAQABAAAAACw="}, 422, "invalid_field", "cover"),
        ({"cover": "data:image/png;base64,R0lGODlhAQABAAAAACw="}, 422, "invalid_field", "cover"),
        ({"cover": "data:image/png;base64,abc"}, 422, "invalid_field", "cover"),
        ({"cover": "data:image/png;base64,"}, 422, "invalid_field", "cover"),
        ({"cover": data_uri()[:2000]}, 422, "invalid_field", "cover"),
    ],
)
def test_a_draft_that_cannot_be_taken_is_refused_naming_the_field(editor, fields, status, code, field):
    assert refused(editor.post("/articles", DRAFT | fields), status, code)["field"] == field
    assert editor.get("/articles").json["items"] == []


def test_a_missing_field_is_named(editor):
    assert refused(editor.post("/articles", {"title": "标题"}), 422, "missing_field")["field"] == "body"


def test_a_draft_is_edited_by_its_version_only(editor, write):
    made = write()
    at = f"/articles/{made['id']}"
    changed = editor.call("PUT", at, CASE | {"version": 1})
    assert (changed.json["party"], changed.json["version"]) == ("老王熟食店", 2)
    refused(editor.call("PUT", at, CASE | {"version": 1}), 409, "stale")
    refused(editor.call("PUT", at, CASE), 422, "missing_field")
    move(editor, made, "submit")
    refused(editor.call("PUT", at, CASE | {"version": 3}), 409, "wrong_stage")
    refused(editor.call("PUT", "/articles/none", CASE | {"version": 3}), 404, "not_found")


def test_a_picture_of_the_article_may_stand_in_its_body(editor, write, service):
    made = write()
    picture = service.db.write(lambda tx: article.add_picture(tx, made["id"], sha256="f" * 64, mime="image/jpeg"))
    body = f"![现场](picture:{picture})"
    assert editor.call("PUT", f"/articles/{made['id']}", DRAFT | {"body": body, "version": 1}).status_code == 200


def test_nobody_approves_their_own_article(service, client, write):
    both = Caller(service, client, "全能", Role.EDITOR, Role.REVIEWER)
    made = both.post("/articles", DRAFT).json
    sent = move(both, made, "submit").json
    assert "approve" not in [offer["name"] for offer in sent["moves"]]
    refused(move(both, made, "approve"), 403, "own_article")


def test_approval_of_a_case_confirms_every_check(editor, reviewer, write):
    made = write(party="老王熟食店")
    refused(move(reviewer, made, "approve"), 409, "wrong_stage")
    move(editor, made, "submit")
    refused(move(editor, made, "approve"), 403, "forbidden")
    some = list(CHECKS)[:2]
    assert refused(move(reviewer, made, "approve", confirm=some), 409, "checks_missing")["missing"] == list(CHECKS)[2:]
    refused(move(reviewer, made, "approve", confirm="all"), 400, "wrong_type")
    done = move(reviewer, made, "approve", confirm=list(CHECKS), note="可以").json
    assert (done["state"], done["approver"]) == ("approved", "钱审核")


def test_a_rejected_article_is_a_draft_again(editor, reviewer, write):
    made = write()
    move(editor, made, "submit")
    refused(move(reviewer, made, "reject"), 422, "missing_field")
    assert move(reviewer, made, "reject", note="改标题").json["state"] == "draft"


def test_a_publisher_schedules(approved, publisher, editor):
    refused(move(editor, approved, "schedule", at="2026-11-24T09:00:00+08:00", channel="mass"), 403, "forbidden")
    done = move(publisher, approved, "schedule", at="2026-11-24T01:00:00Z", channel="mass", version=3).json
    assert (done["state"], done["scheduled_at"], done["channel"]) == ("scheduled", "2026-11-24T09:00:00+08:00", "mass")
    refused(move(publisher, approved, "schedule", at="2026-11-25T01:00:00Z", channel="mass", version=3), 409, "stale")
    assert move(publisher, approved, "withdraw").json["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"at": "2026-11-24T09:00:00", "channel": "mass"}, "invalid_field"),
        ({"at": "2026-11-24", "channel": "mass"}, "invalid_field"),
        ({"at": "tomorrow", "channel": "mass"}, "invalid_field"),
        ({"at": "9999-12-31T23:59:59-08:00", "channel": "mass"}, "invalid_field"),
        ({"at": "2026-11-24T09:00:00+08:00", "channel": "fax"}, "invalid_field"),
        ({"at": "2026-11-24T09:00:00+08:00"}, "missing_field"),
        ({"channel": "mass"}, "missing_field"),
    ],
)
def test_a_schedule_needs_a_time_with_offset_and_a_channel(approved, publisher, body, code):
    refused(move(publisher, approved, "schedule", **body), 422, code)
    assert publisher.get(f"/articles/{approved['id']}").json["state"] == "approved"


def test_a_time_without_offset_is_refused_in_clear_words(approved, publisher):
    problem = refused(
        move(publisher, approved, "schedule", at="2026-11-24T09:00:00", channel="mass"), 422, "invalid_field"
    )
    assert "时区" in problem["detail"]


def test_the_list_filters_by_state_and_pages(editor, write):
    made = [write(title=f"第{n}篇")["id"] for n in range(5)]
    move(editor, {"id": made[0]}, "submit")
    first = editor.get("/articles", limit=2).json
    write(title="后来的")
    second = editor.get("/articles", limit=2, cursor=first["next_cursor"]).json
    third = editor.get("/articles", limit=2, cursor=second["next_cursor"]).json
    assert [item["id"] for page in (first, second, third) for item in page["items"]] == made[::-1]
    assert third["next_cursor"] is None
    assert [item["id"] for item in editor.get("/articles", state="in_review").json["items"]] == [made[0]]
    refused(editor.get("/articles", state="lost"), 422, "invalid_field")


def test_an_unknown_article_or_move(editor, write):
    refused(editor.get("/articles/none"), 404, "not_found")
    refused(move(editor, {"id": "none"}, "submit"), 404, "not_found")
    refused(move(editor, write(), "burn"), 404, "unknown_move")
