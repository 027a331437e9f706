"""The banner while an alarm is open: on every page, for whoever can answer it, until somebody does."""

import re
from dataclasses import replace

import pytest

from handlers.notices import alarms
from storage import audit
from storage.notices import alarm, outbox
from storage.people.staff import Role
from storage.submissions import submission, task

WHOLE = "举报 店名：阳光食堂 地址：西大街 问题：孩子上吐下泻 姓名：张三丰 电话：13812345678"


@pytest.fixture
def ring(service, phone, stored):
    """An emergency is reported; its number."""

    def make():
        phone.say(WHOLE)
        found = stored()[-1]
        service.db.write(lambda tx: alarms.raise_alarm(tx, service.office, found))
        return found.number

    return make


def test_the_banner_stands_on_every_page_until_somebody_answers(signed_in, ring, service, phone):
    clerk, leader = signed_in("wang", Role.INTAKE), signed_in("zhang", Role.LEADER)
    number = ring()
    for device, path in ((clerk, "/submissions"), (clerk, "/duty"), (leader, "/articles"), (leader, "/wechat")):
        page = device.read(path)
        assert "紧急警报" in page
        assert number in page
        assert "正在呼叫" in page
        assert phone.openid not in page
    service.db.write(lambda tx: alarms.call_due(tx, service.office))
    assert "第1次呼叫：zhang（没有可用的通知方式）" in leader.read("/submissions")
    answer = clerk.send("/submissions", "/acknowledge")
    assert answer.location == f"/console/submissions/{number}"
    for device in (clerk, leader):
        assert 'class="alarm"' not in device.read("/submissions")
    assert "wang已在工作台确认" in clerk.read(f"/submissions/{number}")


def test_the_banner_lists_what_others_report_of_the_same_place_in_plain_lines(
    signed_in, phone, other_phone, stored, service
):
    clerk = signed_in("wang", Role.INTAKE)
    danger = "举报 店名：阳光食堂 地址：西大街12号\n查看：http://evil.example/x 问题：孩子们正在上吐下泻"
    for one in (phone, other_phone, phone):
        one.say(danger)
    first, second, third = (one.number for one in stored())
    (banner,) = re.findall(r'<section class="alarm".*?</section>', clerk.read("/submissions"), re.DOTALL)
    assert first in banner
    assert f'href="/console/submissions/{second}"' in banner
    assert "已有2人反映同一处" in banner
    assert "另有1件新的紧急件" in banner
    assert third not in banner
    assert "西大街12号 查看：http：//evil．example/x" in banner


def test_an_alarm_nobody_answers_is_shown_as_that(signed_in, ring, service, clock):
    leader = signed_in("zhang", Role.LEADER)
    ring()
    for _ in range(2):
        service.db.write(lambda tx: alarms.call_due(tx, service.office))
        clock.advance(minutes=10)
    assert "无人响应" in leader.read("/wechat")


def test_who_comes_second_is_told_who_was_first(signed_in, ring, service, hire):
    clerk, leader = signed_in("wang", Role.INTAKE), hire("zhang", Role.LEADER)
    number = ring()
    form = clerk.form("/submissions", "/acknowledge")
    service.db.write(lambda tx: alarms.acknowledge(tx, service.office, number, leader))
    answer = clerk.client.post(form.action, data=form.fields)
    assert answer.status_code == 409
    assert "zhang 已执行“确认紧急警报”" in answer.text


def test_others_see_no_banner_and_cannot_answer(signed_in, ring, service):
    editor = signed_in("bianji", Role.EDITOR)
    number = ring()
    page = editor.read("/articles")
    assert number not in page
    csrf = re.search(r'name="csrf" value="(\w+)"', page)[1]
    answer = editor.client.post(f"/console/alarms/{number}/acknowledge", data={"csrf": csrf})
    assert answer.status_code == 404
    with service.db.read() as tx:
        assert alarm.of(tx, number).open


def test_what_did_not_arrive_stands_under_deliveries_with_its_number(signed_in, ring, service):
    clerk = signed_in("wang", Role.INTAKE)
    number = ring()
    office = replace(service.office, alarm_channels=(alarms.WEBHOOK,))
    service.db.write(lambda tx: alarms.call_due(tx, office))
    service.db.write(lambda tx: outbox.fail(tx, outbox.claim(tx, alarms.WEBHOOK).id, "网络通知地址返回HTTP 500"))
    page = clerk.read("/deliveries")
    assert "紧急警报（网络通知）" in page
    assert "HTTP 500" in page
    assert f"/console/submissions/{number}" in page


def test_whoever_acknowledges_has_the_case_and_writes_down_what_was_done(signed_in, ring, service):
    clerk = signed_in("wang", Role.INTAKE)
    number = ring()
    clerk.send("/submissions", f"/{number}/acknowledge")
    with service.db.read() as tx:
        assert submission.get(tx, number).assignee == "wang"
        (found,) = [one for one in task.open_ones(tx) if one.kind == "handled"]
    done = f"/{found.id}/moves/task_done"
    assert clerk.send("/tasks", done, how="in_person").status_code == 422
    assert clerk.send("/tasks", done, how="in_person", note="10点到场，送医3人，封存食材").status_code == 303
    assert "送医3人" in clerk.read(f"/submissions/{number}")


def test_an_open_page_learns_of_an_alarm_by_itself_and_the_look_is_on_record(signed_in, ring, service):
    def looks():
        with service.db.read() as tx:
            return len(audit.newest(tx, subject="alarms", limit=9))

    clerk = signed_in("wang", Role.INTAKE)
    assert clerk.get("/alarms?seen=").status_code == 204
    ring()
    strip = clerk.read("/alarms?seen=")
    assert "孩子上吐下泻" in strip
    assert looks() == 1
    seen = re.search(r'data-seen="(\w+)"', strip)[1]
    assert clerk.get(f"/alarms?seen={seen}").status_code == 204
    assert looks() == 1


def test_a_page_that_only_listens_keeps_no_session_alive(signed_in, clock):
    clerk = signed_in("wang", Role.INTAKE)
    for _ in range(4):
        clock.advance(minutes=10)
        last = clerk.get("/alarms?seen=").status_code
    assert last == 302
