"""The State Council's notice saved as a text, and the same days as a table."""

import pytest

from bot.tables.notices import open_calendar
from bot.tables.sheets import NoTable

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。1月9日（周六）上班。
"""


def rows(path):
    with open_calendar(path) as sheets:
        return [line.cells for sheet in sheets for line in sheet.lines]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_notice_is_read_in_any_coding(tmp_path, coding):
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding=coding)
    assert rows(file)[:2] == [("日期", "是否工作日", "节日"), ("2027-01-01", "否", "元旦")]
    assert rows(file)[-1] == ("2027-01-09", "是", "元旦")


def test_a_table_is_a_table(tmp_path):
    file = tmp_path / "days.csv"
    file.write_text("日期,类型\n2027-01-01,放假\n", encoding="utf-8")
    assert rows(file) == [("日期", "类型"), ("2027-01-01", "放假")]


def test_what_is_neither_is_refused_in_one_line(tmp_path):
    file = tmp_path / "notice.txt"
    file.write_text("关于放假的通知：明年1月1日放假", encoding="utf-8")
    with pytest.raises(NoTable, match="哪一年"):
        rows(file)
    with pytest.raises(NoTable):
        rows(tmp_path / "none.txt")
