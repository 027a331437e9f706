"""What is not in 12315 yet is listed, copied and taken out; a work order is answered on its case."""

import io

import pytest
from openpyxl import load_workbook

from handlers.submissions import orders
from storage.people.staff import Role
from tests.bot.console.conftest import at

ROW = {
    "number": "GD1",
    "received": "2026-11-20T16:30",
    "matter": "complaint",
    "told": "酸奶过期",
    "phone": "13812345678",
}


@pytest.fixture
def work_order(service, stored):
    service.db.write(lambda tx: orders.take_in(tx, service.office, "orders12345", ROW))
    return stored()[-1]


def test_what_is_not_registered_is_listed_with_the_days_since_its_receipt(signed_in, report, clock):
    clock.advance(days=3)
    clerk = signed_in("li", Role.INTAKE)
    page = clerk.read("/unregistered")
    assert report.number in page
    assert "已收到 3 天" in page
    clerk.send(at(report), "/register", external_number="1410183002026112600001")
    assert report.number not in clerk.read("/unregistered")


def test_a_wrong_number_is_told_at_the_form(clerk, report):
    answer = clerk.send(at(report), "/register", external_number="abc 随便写")
    assert answer.status_code == 422
    assert "不像全国12315平台的登记编号" in answer.text


def test_one_submission_is_copied_in_the_order_of_the_platforms_form(clerk, report, audited):
    page = clerk.read(f"{at(report)}/transcript")
    assert page.index("类型：举报") < page.index("被投诉举报单位：老王熟食店") < page.index("内容：")
    assert audited()[-1] == "open"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_taken_out_as_a_table_and_on_record(clerk, report, work_order, form, audited):
    answer = clerk.get(f"/unregistered/{form}?kind=report")
    if form == "csv":
        rows = [line.split(",") for line in answer.data.decode("utf-8-sig").splitlines()]
    else:
        rows = [list(row) for row in load_workbook(io.BytesIO(answer.data)).active.values]
    assert rows[0][0] == "本局编号"
    assert [row[0] for row in rows[1:]] == [report.number]
    assert audited()[-1] == "export"
    assert clerk.get("/unregistered/exe").status_code == 404


def test_a_work_order_is_signed_for_answered_and_called_back_on_its_case(officer, work_order):
    officer.send(at(work_order), "/sign_order")
    officer.send(at(work_order), "/reply_order", note="已退款给来电人")
    page = officer.read(at(work_order))
    assert "已退款给来电人</textarea>" in page
    officer.send(at(work_order), "/call_back_order", result="unsatisfied")
    assert "回访不满意" in officer.read(at(work_order))


def test_a_case_without_work_order_shows_none(officer, report):
    assert "12345工单" not in officer.read(at(report))


def test_a_lead_of_the_press_keeps_its_source_and_its_link(clerk, stored):
    link = "https://news.example/2026/1?a=1"
    typed = {"source": "媒体曝光", "description": "网上说酸奶过期"}
    assert clerk.send("/submissions/new", **typed, link="javascript:alert(1)").status_code == 422
    assert clerk.send("/submissions/new", **typed, link=link).status_code == 303
    (made,) = stored()
    assert (made.source, made.link) == ("媒体曝光", link)
    assert f'href="{link}"' in clerk.read(at(made))
