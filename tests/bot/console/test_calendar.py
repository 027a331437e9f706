"""The State Council's notice, pasted in: read back first, then counted by."""

import pytest

from handlers.clock import calendar
from handlers.clock.calendar import Published
from storage.people.staff import Role

NOTICE = (
    "国务院办公厅关于2027年部分节假日安排的通知 "
    "一、元旦：1月1日（周五）至4日（周一）放假调休，共4天。1月9日（周六）上班。"
)


@pytest.fixture(autouse=True)
def forgotten():
    yield
    calendar.publish(Published())


@pytest.fixture
def clerk(signed_in):
    return signed_in("li", Role.INTAKE)


def test_what_was_read_is_shown_before_it_counts(clerk, service):
    page = clerk.send("/calendar", "/calendar", text=NOTICE)
    for words in ("1月4日（周一）", "1月9日（周六）", "与原文一致，按此计算"):
        assert words in page.text
    with service.db.read() as tx:
        assert tx.value("select count(*) from calendar_day") == 0


def test_confirmed_it_counts_and_stands_on_record(clerk, audited):
    clerk.send("/calendar", "/calendar", text=NOTICE)
    done = clerk.client.post(
        "/console/calendar/days", data=clerk.form("/calendar", "/calendar").fields | {"text": NOTICE}
    )
    assert done.status_code == 303
    assert "已按通知更新5天" in clerk.client.get(done.location).text
    assert "2027-12-31" in clerk.read("/calendar")
    assert "calendar" in audited()


def test_what_is_no_notice_is_told_and_stays_typed(clerk):
    page = clerk.send("/calendar", "/calendar", text="明年放假几天？")
    assert page.status_code == 422
    assert "哪一年" in page.text
    assert "明年放假几天？" in page.text


def test_officers_read_it_and_change_nothing(signed_in):
    officer = signed_in("zhang", Role.OFFICER)
    assert "工作日历" in officer.read("/calendar")
    form = officer.form("/calendar", "/calendar")
    assert officer.client.post(form.action, data=form.fields | {"text": NOTICE}).status_code == 403
