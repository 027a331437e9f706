"""One submission as a clerk and an officer see it and walk it through."""

from handlers.registers import businesses
from storage import audit
from tests.bot.console.conftest import at
from tests.verbs import WHOLE

LI = "举报 店名：李记麻辣烫 地址：文化路23号 问题：汤里放罂粟壳，三个人正在医院抢救"


def test_the_walk_from_triage_to_the_answer_leaves_its_trail(clerk, officer, report, stored, audited, phone):
    clerk.send(at(report), "/register", external_number="410183001")
    clerk.send(at(report), "/assign", unit="青屏所", assignee="zhang", note="请尽快")
    assert report.number in officer.read("/submissions?mine=1")
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
