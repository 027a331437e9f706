"""The queue, and one submission as a clerk and an officer see it and walk it through."""

import re
from html import unescape

from handlers.registers import businesses
from storage import audit, timeline
from storage.people.staff import Role
from tests.bot.console.conftest import at
from tests.verbs import WHOLE

LI = "举报 店名：李记麻辣烫 地址：文化路23号 问题：汤里放罂粟壳，三个人正在医院抢救"


def numbers(page):
    return re.findall(r">(SA\d{8}-\d{4})</a>", page.partition("<tbody>")[2])


def test_the_queue_puts_danger_first_then_the_nearer_deadline(phone, other_phone, clock, signed_in, stored):
    phone.say(WHOLE)
    clock.advance(days=1)
    phone.say(WHOLE.replace("老王", "老孙"))
    other_phone.say(LI)
    first, second, danger = (one.number for one in stored())
    page = signed_in("li", Role.INTAKE).read("/submissions")
    assert numbers(page) == [danger, first, second]
    assert "危及生命" in page
    assert "2026-12-14" in page


def test_the_queue_can_be_filtered_and_searched(phone, other_phone, clerk, stored, service):
    phone.say(WHOLE)
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
        phone.say(WHOLE.replace("老王", f"第{n}家"))
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


def test_who_reported_is_shown_nowhere(phone, clerk, stored):
    phone.say(WHOLE + " 姓名：张三丰 电话：13812345678")
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


def test_other_submissions_of_the_merchant_are_named(phone, other_phone, clerk, stored):
    phone.say(WHOLE)
    other_phone.say(WHOLE.replace("卤肉", "熟食"))
    first, second = stored()
    assert second.number in clerk.read(at(first))


def test_the_registered_business_that_was_meant_stands_beside_the_name(service, clerk, phone, stored):
    values = {"name": "新密市老王熟食店", "code": "", "kind": "", "address": "", "township": "", "status": ""}
    service.db.write(lambda tx: businesses.put(tx, values, service.office.region))
    phone.say(WHOLE)
    assert "登记商户：新密市老王熟食店" in clerk.read(at(stored()[0]))


def test_a_search_finds_words_and_notes_and_marks_them(phone, clerk, stored, service):
    phone.say(WHOLE)
    (report,) = stored()
    service.db.write(
        lambda tx: timeline.add(tx, report.id, "note", actor="wang", title="备注", body="冷库<钥匙>在老板娘处")
    )
    page = clerk.read("/submissions?text=卤肉 冷库")
    assert report.number in page
    assert "<mark>卤肉</mark>" in page
    assert "<mark>冷库</mark>&lt;钥匙&gt;" in clerk.read("/submissions?text=冷库")
    assert report.number not in clerk.read("/submissions?text=卤肉 没有的")
