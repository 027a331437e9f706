"""What calculation left in a workbook: errors, formulas, and cells far away."""

import pytest
from openpyxl import Workbook

from bot.tables.sheets import NoTable


def test_a_wrong_extent_loses_no_row(workbook):
    rows = workbook([["a", "b"], [1, 2], [3, 4]], taken='<dimension ref="A1:B3"', put='<dimension ref="A1"')
    assert [line.cells for line in rows] == [("a", "b"), ("1", "2"), ("3", "4")]


def test_cells_and_rows_need_no_reference(workbook):
    rows = workbook([["a"], ["#N/A"]], taken='<row r="2"><c r="A2"', put="<row><c")
    assert [(line.number, bool(line.fault)) for line in rows] == [(1, False), (2, True)]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_an_error_value_is_no_data(workbook, error):
    header, bad, good = workbook([["名称", "截止"], ["老王", error], ["好又多", "2026-01-31"]])
    assert (header.fault, good.fault) == ("", "")
    assert (bad.number, bad.cells[0]) == (2, "老王")
    assert error in bad.fault


def test_a_formula_without_a_result_is_not_blank(workbook):
    faults = {line.number: line.fault for line in workbook([["额"], [1], ["=3/4"], [2], [], ["=A2"], ["=A4"]])}
    assert [number for number, fault in faults.items() if "公式" in fault] == [3, 6, 7]


def test_a_formula_is_what_came_out_of_it(workbook):
    rows = workbook([["额"], ["=1/2"]], taken="<f>1/2</f><v></v>", put="<f>1/2</f><v>0.5</v>")
    assert [(line.cells, line.fault) for line in rows] == [(("额",), ""), (("0.5",), "")]


def test_a_formula_may_come_out_blank(workbook):
    rows = workbook([["名称", "注"], ["老王", "=B1"]], taken='<c r="B2"><f>B1', put='<c r="B2" t="str"><f>B1')
    assert [(line.cells, line.fault) for line in rows] == [(("名称", "注"), ""), (("老王", ""), "")]


def test_a_stray_cell_far_away_does_not_fill_the_memory(saved):
    book = Workbook()
    book.active.append(["a"])
    book.active["XFD1048576"] = "x"
    with pytest.raises(NoTable, match="第1048576行、第16384列"):
        saved(book)
