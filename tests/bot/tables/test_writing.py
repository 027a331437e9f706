"""Rows written one after the other, as texts that no spreadsheet computes."""

import io

import pytest
from openpyxl import load_workbook

from bot.tables import writing
from bot.tables.writing import WRITERS

NAMES = ("name", "parts", "true", "number")


def row(name="甲", parts=(), true=True, number=3):
    return {"name": name, "parts": list(parts), "true": true, "number": number}


def written(format_, *rows):
    file = io.BytesIO()
    WRITERS[format_](file, iter(rows), NAMES)
    file.seek(0)
    return file


def sheets(*rows):
    return [[[cell.value for cell in row] for row in sheet] for sheet in load_workbook(written("xlsx", *rows))]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_is_never_a_formula(text):
    assert f"'{text}" in written("csv", row(text)).getvalue().decode("utf-8-sig")
    cell = load_workbook(written("xlsx", row(text))).active["A2"]
    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())


def test_an_error_value_of_excel_is_a_text_too():
    assert load_workbook(written("xlsx", row("#N/A"))).active["A2"].data_type == "s"


def test_lists_are_json_and_numbers_numbers():
    assert sheets(row(parts=["乙"])) == [[list(NAMES), ["甲", '["乙"]', True, 3]]]


def test_a_table_without_rows_has_its_header():
    assert sheets() == [[list(NAMES)]]
    assert written("csv").getvalue() == b"\xef\xbb\xbfname,parts,true,number\r\n"


def test_what_is_more_than_a_sheet_takes_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(writing, "SHEET_ROWS", 2)
    found = sheets(*(row(str(number)) for number in range(5)))
    assert [[line[0] for line in sheet] for sheet in found] == [["name", "0", "1"], ["name", "2", "3"], ["name", "4"]]


def test_what_no_cell_takes_is_left_out_or_cut_and_said():
    (((_, control), *_),) = [sheets(row("甲\x0b乙"))]
    assert control[0] == "甲乙"
    ((_, long),) = sheets(row("字" * 40_000))
    assert len(long[0]) < 32_767
    assert long[0].endswith("jsonl）")
