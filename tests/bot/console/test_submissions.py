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
    officer.send(at(report), "/say", say="note", note="已约执法记录仪")
    answer = officer.send(at(report), "/say", say="answer", note="已安排核查，请保留小票。")
    assert answer.status_code == 303
    after = officer.client.get(answer.location).text
    assert "已完成：答复提交人" in after
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


def test_the_case_names_the_shop_what_happened_and_how_long_there_is_still(clerk, report, clock):
    page = clerk.read(at(report))
    heading = page.partition("<h1")[2].partition("</h1>")[0]
    assert report.merchant in heading
    assert report.description[:10] in heading
    assert report.number not in heading
    assert "还有21天" in page
    clock.advance(days=22)
    clerk.sign_in("li")
    assert "已逾期1天" in clerk.read(at(report))


def test_the_next_step_follows_from_the_stage_and_all_else_stands_behind_more(clerk, officer, report):
    def first(device):
        return device.read(at(report)).partition('<details class="first"')[2].partition("</summary>")[0]

    assert first(clerk).endswith("<summary>登记")
    clerk.send(at(report), "/register", external_number="")
    assert first(clerk).endswith("<summary>分派")
    assert first(officer).endswith("<summary>开始核查")
    officer.send(at(report), "/verify")
    assert first(officer).endswith("<summary>提出立案意见")
    assert "现在等其他人办" in clerk.read(at(report))


def test_what_the_citizen_will_get_is_shown_before_it_goes_and_nothing_happens_yet(clerk, report, stored, phone):
    shown = clerk.send(at(report), "/say", say="answer", note="已安排核查。", rehearse="1")
    assert shown.status_code == 200
    told = shown.text.partition('class="told"')[2].partition("</form>")[0]
    assert "群众会收到" in told
    assert "已安排核查。\n\n回复“进度" in told
    assert stored()[0].version == report.version
    after = clerk.client.get(clerk.send(at(report), "/say", say="answer", note="已安排核查。").location).text
    assert "已安排核查。\n\n回复“进度" in after.partition("alert-success")[2].partition('class="columns')[0]
    assert "微信，最迟" in after


def test_a_note_tells_the_citizen_nothing(clerk, report):
    assert "这一步不通知群众" in clerk.send(at(report), "/say", say="note", note="在忙", rehearse="1").text


def test_a_text_of_the_office_begins_the_answer_behind_what_was_typed(clerk, report):
    page = clerk.send(at(report), "/say", note="您好。", begin_ask="您有没有小票？").text
    assert "您好。\n您有没有小票？</textarea>" in page
    assert '<input type="radio" name="say" value="ask" checked>' in page


def test_what_was_typed_is_offered_again_to_its_writer_until_it_is_sent(clerk, officer, report):
    form = clerk.form(at(report), "/say")
    draft = f"/console{at(report)}/drafts/answer"
    kept = clerk.client.post(draft, data={"csrf": form.fields["csrf"], "note": "已安排，请放心"})
    assert kept.status_code == 204
    assert "已安排，请放心</textarea>" in clerk.read(at(report))
    assert "已安排，请放心" not in officer.read(at(report))
    clerk.send(at(report), "/say", say="answer", note="已安排，请放心。")
    assert "已安排，请放心</textarea>" not in clerk.read(at(report))
    assert clerk.client.post(draft.replace("answer", "nonsense"), data={"csrf": form.fields["csrf"]}).status_code == 404
    assert clerk.client.post(draft, data={"csrf": "x", "note": "x"}).status_code == 403
