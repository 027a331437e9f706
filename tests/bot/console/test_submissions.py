"""The queue, one submission, its moves and its evidence, as a clerk and an officer use them."""

import io
import re
from html import unescape

import pytest

from handlers.registers import businesses
from handlers.submissions.intake import LIMITS
from storage import audit
from storage.notices import outbox
from storage.people.staff import Role
from storage.submissions import evidence

WANG = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉，包装日期被涂改"
LI = "举报 店名：李记麻辣烫 地址：文化路23号 问题：汤里放罂粟壳，三个人正在医院抢救"
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 3000


@pytest.fixture
def clerk(signed_in):
    return signed_in("li", Role.INTAKE)


@pytest.fixture
def officer(signed_in):
    return signed_in("zhang", Role.OFFICER)


@pytest.fixture
def report(phone, stored):
    phone.say(WANG)
    return stored()[0]


def numbers(page):
    return re.findall(r">(SA\d{8}-\d{4})</a>", page.partition("<tbody>")[2])


def at(report):
    return f"/submissions/{report.number}"


def test_the_queue_puts_danger_first_then_the_nearer_deadline(phone, other_phone, clock, signed_in, stored):
    phone.say(WANG)
    clock.advance(days=1)
    phone.say(WANG.replace("老王", "老孙"))
    other_phone.say(LI)
    first, second, danger = (one.number for one in stored())
    page = signed_in("li", Role.INTAKE).read("/submissions")
    assert numbers(page) == [danger, first, second]
    assert "危及生命" in page
    assert "2026-12-14" in page


def test_the_queue_can_be_filtered_and_searched(phone, other_phone, clerk, stored):
    phone.say(WANG)
    other_phone.say(LI)
    wang, li = (one.number for one in stored())
    for query, expected in {
        "urgent=1": [li],
        "kind=complaint": [],
        "category=illegal_additive": [li],
        "stage=triage": [li, wang],
        "stage=case": [],
        "mine=1": [],
        "text=老王": [wang],
        f"text={wang}": [wang],
        "text=%25": [],
        "stage=nonsense&kind=nonsense": [li, wang],
    }.items():
        assert numbers(clerk.read(f"/submissions?{query}")) == expected, query


def test_links_of_the_queue_carry_filters_and_nothing_else(clerk, report):
    page = clerk.read("/submissions?kind=report&endpoint=x&_external=1&_scheme=javascript&_anchor=a")
    assert "/console/submissions?kind=report&amp;stage=triage" in page
    assert "javascript" not in page


def test_the_queue_has_pages_and_counts(phone, clerk):
    for n in range(32):
        phone.say(WANG.replace("老王", f"第{n}家"))
    first = clerk.read("/submissions")
    second = clerk.read(unescape(re.search(r'rel="next" href="/console([^"]+)"', first)[1]))
    assert (len(numbers(first)), len(numbers(second))) == (30, 2)
    assert "共 32 件" in first
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_deadlines_show_their_light(phone, clock, clerk, report):
    for days, light in ((0, "calm"), (20, "soon"), (3, "late")):
        clock.advance(days=days)
        if days:
            clerk.sign_in("li")
        assert f"light-{light}" in clerk.read("/submissions"), days


def test_the_walk_from_triage_to_the_answer_leaves_its_trail(clerk, officer, report, stored, audited, phone):
    clerk.send(at(report), "/register", external_number="410183001")
    clerk.send(at(report), "/assign", unit="青屏所", assignee="zhang", note="请尽快")
    assert numbers(officer.read("/submissions?mine=1")) == [report.number]
    officer.send(at(report), "/note", note="已约执法记录仪")
    answer = officer.send(at(report), "/answer", note="已安排核查，请保留小票。")
    assert answer.status_code == 303
    after = officer.client.get(answer.location).text
    assert "“答复提交人”已完成" in after
    assert "等待发送" in after
    (now,) = stored()
    assert (now.stage, now.unit, now.assignee, now.external_number) == ("assigned", "青屏所", "zhang", "410183001")
    moves = [action for action in audited() if action not in ("open", "sign_in")]
    assert moves == ["receive", "register", "assign", "note", "answer"]
    assert "请保留小票" in phone.say(f"进度 {report.number}")
    assert "执法记录仪" not in phone.say(f"进度 {report.number}")


def test_opening_a_submission_is_recorded(clerk, report, service):
    clerk.read(at(report))
    with service.db.read() as tx:
        (row,) = audit.newest(tx, subject=report.number, limit=1)
    assert (row.actor, row.action) == ("li", "open")


def test_of_two_who_act_at_once_the_second_is_told(clerk, signed_in, report, stored):
    other = signed_in("chen", Role.INTAKE)
    form = other.form(at(report), "/assign")
    clerk.send(at(report), "/assign", unit="青屏所")
    answer = other.client.post(form.action, data=form.fields | {"unit": "稽查大队", "note": "我写了很久"})
    assert answer.status_code == 409
    assert "li 已执行“分派”" in answer.text
    assert "我写了很久" in answer.text
    assert stored()[0].unit == "青屏所"


def test_what_is_missing_is_named_and_what_was_typed_stays(clerk, report, stored):
    answer = clerk.send(at(report), "/assign", unit=" ", note="请尽快办理")
    assert answer.status_code == 422
    assert "承办单位" in answer.text
    assert "请尽快办理" in answer.text
    assert stored()[0].version == 1


def test_moves_of_other_roles_and_stages_are_neither_shown_nor_taken(clerk, officer, report):
    assert "/moves/verify" not in clerk.read(at(report))
    form = clerk.form(at(report), "/note")
    for name, status in (("conclude", 403), ("file_case", 403), ("nonsense", 404)):
        path = form.action.replace("/note", f"/{name}")
        assert clerk.client.post(path, data=form.fields | {"note": "x"}).status_code == status
    theirs = officer.form(at(report), "/note")
    path = theirs.action.replace("/note", "/file_case")
    assert officer.client.post(path, data=theirs.fields | {"note": "x"}).status_code == 409


def test_a_form_without_version_is_refused(clerk, report):
    form = clerk.form(at(report), "/note")
    for fields in ({"version": "x"}, {"version": ""}):
        assert clerk.client.post(form.action, data=form.fields | fields | {"note": "x"}).status_code == 400


def test_an_amendment_records_only_what_changed(clerk, report, stored):
    form = clerk.form(at(report), "/amend")
    assert form.fields["merchant"] == "老王熟食店"
    assert clerk.send(at(report), "/amend").status_code == 422
    clerk.send(at(report), "/amend", category="illegal_additive")
    assert stored()[0].category == "illegal_additive"
    page = clerk.read(at(report))
    assert "→ 非法添加" in page
    assert "老王熟食店 →" not in page


def test_who_reported_is_shown_nowhere(phone, clerk, stored):
    phone.say(WANG + " 姓名：张三丰 电话：13812345678")
    report = stored()[0]
    for path in ("/submissions", at(report)):
        page = clerk.read(path)
        assert "实名" in page
        assert not any(secret in page for secret in (phone.openid, "张三丰", "13812345678"))


def test_what_citizens_write_cannot_become_markup(phone, clerk, stored):
    phone.say('举报 店名：<script>alert(1)</script> 地址：x"><b>y 问题：<img src=x onerror=alert(1)>')
    page = clerk.read("/submissions") + clerk.read(at(stored()[0]))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_evidence_is_opened_sealed_off_and_only_for_the_desk(phone, report, clerk, signed_in, service):
    phone.picture("m1"), phone.picture("m2"), phone.picture("m3")
    sha256 = service.files.put(JPEG)
    with service.db.read() as tx:
        shown, page, gone = evidence.of(tx, report.id)
    service.db.write(lambda tx: evidence.stored(tx, shown.id, sha256=sha256, size=len(JPEG), mime="image/jpeg"))
    service.db.write(lambda tx: evidence.stored(tx, page.id, sha256=sha256, size=len(JPEG), mime="text/html"))
    service.db.write(lambda tx: evidence.lost(tx, gone.id, "素材已过期"))
    answer = clerk.get(f"/evidence/{shown.id}")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/jpeg", JPEG)
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("inline")
    saved = clerk.get(f"/evidence/{page.id}")
    assert saved.mimetype == "application/octet-stream"
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert clerk.get(f"/evidence/{gone.id}").status_code == 404
    assert signed_in("bian", Role.EDITOR).get(f"/evidence/{shown.id}").status_code == 403
    assert "素材已过期" in clerk.read(at(report))


def test_opening_evidence_is_recorded_with_who_and_which(phone, report, clerk, service):
    phone.send(MsgType="voice", MediaId="v1", Format="amr")
    sha256 = service.files.put(b"#!AMR\n")
    with service.db.read() as tx:
        (voice,) = evidence.of(tx, report.id)
    assert clerk.get(f"/evidence/{voice.id}").status_code == 404
    service.db.write(lambda tx: evidence.stored(tx, voice.id, sha256=sha256, size=6, mime="audio/amr"))
    clerk.get(f"/evidence/{voice.id}")
    with service.db.read() as tx:
        rows = [row for row in audit.rows(tx) if row.action == "evidence_open"]
    assert [(row.actor, row.subject, row.detail) for row in rows] == [("li", report.number, f"voice {voice.id}")]


def test_a_part_of_a_video_can_be_asked_for(phone, report, clerk, service):
    phone.send(MsgType="video", MediaId="v1")
    sha256 = service.files.put(JPEG)
    with service.db.read() as tx:
        (video,) = evidence.of(tx, report.id)
    service.db.write(lambda tx: evidence.stored(tx, video.id, sha256=sha256, size=len(JPEG), mime="video/mp4"))
    answer = clerk.client.get(f"/console/evidence/{video.id}", headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.data) == (206, JPEG[:4])
    assert f'<video controls preload="metadata" src="/console/evidence/{video.id}">' in clerk.read(at(report))


def test_a_notice_that_did_not_arrive_says_why(clerk, report, service, signed_in):
    clerk.send(at(report), "/answer", note="请补充照片")
    service.db.write(lambda tx: outbox.fail(tx, outbox.claim(tx, "notice").id, "对方已取消关注"))
    assert "未送达" in clerk.read(at(report))
    for role, linked in ((Role.PUBLISHER, False), (Role.LEADER, True)):
        page = signed_in(role.value, role).read("/deliveries")
        assert "对方已取消关注" in page
        assert report.number in page
        assert (f"/console/submissions/{report.number}" in page) == linked


def test_other_submissions_of_the_merchant_are_named(phone, other_phone, clerk, stored):
    phone.say(WANG)
    other_phone.say(WANG.replace("卤肉", "熟食"))
    first, second = stored()
    assert second.number in clerk.read(at(first))


def test_a_submission_is_entered_by_hand(clerk, stored, audited):
    answer = clerk.send(
        "/submissions/new",
        kind="complaint",
        source="12345热线",
        received_at="2026-11-20T16:30",
        merchant="好又多超市",
        description="酸奶过期，来电 13812345678",
        name="张三",
    )
    assert answer.status_code == 303
    (entered,) = stored()
    assert (entered.kind, entered.source, entered.merchant, entered.named) == (
        "complaint",
        "12345热线",
        "好又多超市",
        True,
    )
    assert entered.received_at.isoformat() == "2026-11-20T08:30:00+00:00"
    assert "13812345678" not in entered.description
    assert "2026-12-01" in clerk.client.get(answer.location).text
    assert "receive" in audited()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"received_at": "gestern"},
        {"received_at": "0002-01-01T08:00"},
        {"source": ""},
        {"description": ""},
        *({name: "长" * (limit + 1)} for name, limit in LIMITS.items() if name != "product"),
    ],
)
def test_an_entry_that_cannot_be_stored_keeps_what_was_typed(clerk, stored, wrong):
    typed = {"description": "卖过期酸奶", "happened": "上周三"} | wrong
    answer = clerk.send("/submissions/new", **typed)
    assert answer.status_code == 422
    assert typed["happened"] in answer.text
    assert stored() == []


def test_a_huge_form_is_refused(clerk):
    form = clerk.form("/submissions/new")
    answer = clerk.client.post(
        "/console/submissions/new", data=form.fields | {"file": (io.BytesIO(b"x" * (33 << 20)), "x.bin")}
    )
    assert answer.status_code == 413


def test_a_file_that_is_not_there_is_told_and_not_a_crash(phone, report, clerk, service):
    phone.picture("m1")
    with service.db.read() as tx:
        (file,) = evidence.of(tx, report.id)
    service.db.write(lambda tx: evidence.stored(tx, file.id, sha256="0" * 64, size=1, mime="image/jpeg"))
    answer = clerk.get(f"/evidence/{file.id}")
    assert answer.status_code == 503
    assert "系统管理员" in answer.text


def test_the_registered_business_that_was_meant_stands_beside_the_name(service, clerk, phone, stored):
    values = {"name": "新密市老王熟食店", "code": "", "kind": "", "address": "", "township": "", "status": ""}
    service.db.write(lambda tx: businesses.put(tx, values, service.office.region))
    phone.say(WANG)
    assert "登记商户：新密市老王熟食店" in clerk.read(at(stored()[0]))
