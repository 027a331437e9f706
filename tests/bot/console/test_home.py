"""The first page of every role: what waits, and each figure opens exactly the rows it counted."""

import re
from html import unescape

import pytest

from handlers import tasks
from storage.people.staff import Role
from tests.verbs import WHOLE

LINE = re.compile(r'<a href="/console([^"]+)"[^>]*><b class="num">(\d+)</b>([^<]+)</a>')
SEES = {
    Role.INTAKE: {"今天到期", "待分流", "群众有新话", "要打电话的", "奖励待发放"},
    Role.OFFICER: {"新分给我", "已逾期", "奖励待定级"},
    Role.LEADER: {"等我决定", "申请延长期限", "稿件待审核"},
    Role.REVIEWER: {"稿件待审核"},
    Role.PUBLISHER: {"稿件待发布", "发布失败"},
    Role.EDITOR: {"草稿"},
    Role.AUDITOR: set(),
}


@pytest.fixture
def day():
    """Label -> (count, address) of what somebody reads in the morning."""

    def read(device):
        return {label: (int(n), unescape(path)) for path, n, label in LINE.findall(device.read("/"))}

    return read


def numbers(page):
    return re.findall(r">(SA\d{8}-\d{4})<", page.partition("<tbody>")[2])


@pytest.mark.parametrize("role", SEES)
def test_every_role_reads_its_lines_and_the_others_not(signed_in, day, role):
    seen = day(signed_in("li", role)).keys()
    assert SEES[role] <= seen
    assert "等我决定" not in seen or role is Role.LEADER


def test_who_signs_in_lands_there_and_nothing_waiting_is_a_nought(signed_in, day):
    device = signed_in("li", Role.OFFICER)
    assert device.get("/").status_code == 200
    assert {count for count, _ in day(device).values()} == {0}


def test_each_line_opens_the_rows_it_counted(phone, other_phone, clock, signed_in, hire, stored, act, day):
    clerk, officer, leader = (
        signed_in(name, role) for name, role in (("li", Role.INTAKE), ("zhang", Role.OFFICER), ("wang", Role.LEADER))
    )
    for name in "甲乙丙":
        phone.say(WHOLE.replace("老王", f"{name}家"))
    first, second, third = (one.number for one in stored())
    boss = hire("zhuren", Role.INTAKE, Role.OFFICER)
    act(second, "assign", boss, unit="青屏所", assignee="zhang")
    act(third, "verify", boss)
    act(third, "propose", boss, outcome="file")
    expected = {clerk: {"待分流": [first]}, officer: {"新分给我": [second]}, leader: {"等我决定": [third]}}
    for device, lines in expected.items():
        for label, rows in lines.items():
            count, path = day(device)[label]
            assert (count, numbers(device.read(path))) == (len(rows), rows), label
    officer.read(f"/submissions/{second}")
    assert day(officer)["新分给我"][0] == 0


def test_what_is_due_today_and_what_is_late_are_two_lines(phone, clock, signed_in, stored, day):
    phone.say(WHOLE)
    clerk = signed_in("li", Role.INTAKE)
    for days, due, late in ((0, 0, 0), (21, 1, 0), (1, 0, 1)):
        clock.advance(days=days)
        if days:
            clerk.sign_in("li")
        seen = day(clerk)
        assert (seen["今天到期"][0], seen["已逾期"][0]) == (due, late), days
    assert numbers(clerk.read(day(clerk)["已逾期"][1])) == [stored()[0].number]
    assert "已逾期1天" in clerk.read("/submissions")


def test_who_is_to_be_called_is_counted_and_listed(service, phone, stored, signed_in, day):
    phone.say(WHOLE)
    service.db.write(lambda tx: tasks.ask_to_call(tx, service.office, stored()[0]))
    clerk = signed_in("li", Role.INTAKE)
    count, path = day(clerk)["要打电话的"]
    assert (count, "请人工回电" in clerk.read(path)) == (1, True)
    assert "请人工回电" not in clerk.read("/tasks?kind=extend")


def test_who_has_something_to_do_finds_it_there(signed_in):
    page = signed_in("li", Role.AUDITOR).read("/").split("<main")[1]
    assert 'href="/console/audit"' in page
    assert 'href="/console/submissions"' not in page


def test_who_has_nothing_to_do_is_told_whom_to_ask(signed_in):
    assert "请联系系统管理员" in signed_in("li").read("/")
