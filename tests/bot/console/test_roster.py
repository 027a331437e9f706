"""The roster: planned, changed, read by all, and a warning when a day is empty."""

import re

from storage.people.staff import Role


def test_a_day_is_planned_changed_and_shown_with_who_is_on_now(signed_in, employ):
    employ("li", Role.OFFICER)
    clerk = signed_in("wang", Role.INTAKE)
    assert "紧急警报通知不到任何人" in clerk.read("/duty")
    answer = clerk.send("/duty", "/duty", names=["li", "wang", "", ""])
    assert (answer.status_code, answer.location) == (303, "/console/duty?done=day")
    page = clerk.read("/duty")
    assert re.search(r"1\. li.*?2\. wang", page, re.S)
    assert "微信未绑定" in page
    assert page.count("没有排班") == 13 + 1  # days, and the gap above
    clerk.send("/duty?day=2026-11-24", "/duty", names=["wang"])
    assert 'value="wang" selected' in clerk.read("/duty?day=2026-11-24")


def test_what_cannot_be_planned_is_told(signed_in):
    clerk = signed_in("wang", Role.INTAKE)
    answer = clerk.send("/duty", "/duty", names=["nobody"])
    assert answer.status_code == 422
    assert "nobody" in answer.text
    assert clerk.send("/duty", "/duty", day="2025-01-01", names=["wang"]).status_code == 422
    assert clerk.send("/duty", "/phone", name="wang", phone="abc").status_code == 422
    assert "没有可以照抄" in clerk.client.get(clerk.send("/duty", "/copy").location).text


def test_officers_read_the_roster_and_change_nothing(signed_in):
    officer = signed_in("li", Role.OFFICER)
    page = officer.read("/duty")
    assert "照抄上一周" not in page
    csrf = re.search(r'name="csrf" value="(\w+)"', page)[1]
    for path in ("/duty", "/duty/copy", "/duty/phone"):
        assert officer.client.post(f"/console{path}", data={"csrf": csrf}).status_code == 403


def test_a_phone_is_shown_masked_only(signed_in):
    clerk = signed_in("wang", Role.INTAKE, Role.LEADER)
    clerk.send("/duty", "/phone", name="wang", phone="13700001111")
    page = clerk.read("/duty")
    assert "137****11" in page
    assert "13700001111" not in page


def test_a_day_without_roster_is_a_warning_for_whoever_can_fill_it(signed_in):
    clerk, officer = signed_in("wang", Role.INTAKE), signed_in("li", Role.OFFICER)
    assert "下一个值班日（2026-11-24）没有排班" in clerk.read("/submissions")
    assert "没有排班" not in officer.read("/submissions")
    for day in ("2026-11-23", "2026-11-24"):
        clerk.send(f"/duty?day={day}", "/duty", names=["wang"])
    assert "没有排班" not in clerk.read("/submissions")
