"""Tables as bureaus keep them: told apart by content, row by row."""

from contextlib import suppress
from datetime import date

import pytest
from openpyxl import Workbook

from bot.tables import sheets
from bot.tables.sheets import LONGEST_RECORD, NoTable, open_table

TEXT = "名称,代码\n老王熟食店,1\n“好又多”超市,2\n"
CELLS = [("名称", "代码"), ("老王熟食店", "1"), ("“好又多”超市", "2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["table.csv", "table.xlsx", "table"])
def test_every_encoding_is_read_whatever_the_ending(read, encoding, name):
    assert [line.cells for line in read(TEXT.encode(encoding), name)] == CELLS


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end(read, delimiter, end):
    assert [line.cells for line in read(TEXT.replace(",", delimiter).replace("\n", end))] == CELLS


def test_quoted_cells_may_hold_anything(read):
    (line,) = read('"a,b","two\nlines","say ""hi"""\n')
    assert line.cells == ("a,b", "two\nlines", 'say "hi"')


def test_blank_rows_are_left_out_and_the_others_keep_their_number(read):
    assert [line.number for line in read("a,b\n\n,\n1,2\n   \n3,4")] == [1, 4, 6]


@pytest.mark.parametrize("bad", ['"open,1', '"a"b,1'])
def test_a_stray_quotation_mark_costs_one_row(read, bad):
    lines = read("name,n\n" + bad + "\n" + "".join(f"{n},{n}\n" for n in range(LONGEST_RECORD * 2)))
    assert [line.number for line in lines if line.fault] == [2]
    assert len(lines) == LONGEST_RECORD * 2 + 2
    assert lines[-1].cells == ("199", "199")


def test_a_quotation_mark_left_open_at_the_end_costs_one_row(read):
    lines = read('a,b\n1,2\n"open,3\n4,5\n')
    assert [bool(line.fault) for line in lines] == [False, False, True, False]
    assert lines[-1].cells == ("4", "5")


def test_a_byte_that_nobody_can_read_stays_in_its_row(read):
    lines = read("名称\n老王\n好又多\n".encode("gbk").replace("好".encode("gbk"), b"\xff"))
    assert lines[1].cells == ("老王",)
    assert "\ufffd" in lines[2].cells[0]


def test_a_workbook_in_words(workbook):
    rows = workbook(
        [
            ["名称", "日", "额", "是"],
            ["甲", date(2026, 1, 31), 0.1 + 0.2, True],
            [None] * 4,
            ["乙", "2026/1/31", 5, False],
        ]
    )
    assert [line.cells for line in rows] == [
        ("名称", "日", "额", "是"),
        ("甲", "2026-01-31", "0.3", "是"),
        ("乙", "2026/1/31", "5", "否"),
    ]
    assert [line.number for line in rows] == [1, 2, 4]


def test_every_sheet_is_read_and_the_ending_does_not_matter(workbook):
    assert [line.cells[0] for line in workbook([["a"]], [["b"]], name="table.csv")] == ["a", "b"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_left_out(saved, state):
    book = Workbook()
    book.active.append(["去年的"])
    book.active.sheet_state = state
    book.create_sheet().append(["今年的"])
    assert [line.cells[0] for line in saved(book)] == ["今年的"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_value_saved_as_text_is_none_either(read, error):
    header, bad, good = read(f"名称,截止\n老王,{error}\n好又多,#1 N/A\n")
    assert (header.fault, good.fault) == ("", "")
    assert (bad.cells, error in bad.fault) == (("老王", error), True)


@pytest.mark.parametrize("dated", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@"])
def test_a_day_is_known_by_its_format(saved, dated):
    book = Workbook()
    book.active.append([46053])
    book.active["A1"].number_format = dated
    assert [line.cells for line in saved(book)] == [("2026-01-31",)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空的"),
        (b"\xef\xbb\xbf\r\n ,,\n", "是空的"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "既不是CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "旧的Excel"),
        (b"PK\x03\x04rubbish", "不能作为表格读取"),
        (b"<html><table><tr><td>a", "是网页"),
    ],
)
def test_what_is_no_table_is_said_in_one_line(read, content, said):
    with pytest.raises(NoTable, match=said) as refused:
        read(content)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("mark", ["'{}", '="{}"', "\t{}"])
def test_what_keeps_a_number_a_text_is_taken_off(read, mark):
    cells = [",".join('"' + mark.format(text).replace('"', '""') + '"' for text in row) for row in CELLS]
    assert [line.cells for line in read("\n".join(cells))] == CELLS


def test_a_cell_over_several_rows_says_so_in_each(saved):
    book = Workbook()
    for row in (["名称", "代码", "文号"], ["甲", "1", "一"], [None, None, "二"], [None, "2", "三"], ["乙", "3", "四"]):
        book.active.append(row)
    for merged in ("A2:A4", "B2:B3", "A5:B5"):
        book.active.merge_cells(merged)
    assert [line.cells for line in saved(book)][1:] == [
        ("甲", "1", "一"),
        ("甲", "1", "二"),
        ("甲", "2", "三"),
        ("乙", "", "四"),
    ]


def test_what_unpacks_to_more_than_a_table_weighs_is_refused(workbook, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 10**6)
    assert workbook([["a"], ["b" * 10**4]])
    with pytest.raises(NoTable, match="展开后超过"):
        workbook([["a"], *([f"{n}" + "b" * 30_000] for n in range(40))])


def test_a_damaged_workbook_is_said_in_one_line(workbook, tmp_path, read):
    workbook([["a", "b"]] * 2000)
    whole = (tmp_path / "made.xlsx").read_bytes()
    for cut in (len(whole) // 2, len(whole) - 30):
        with pytest.raises(NoTable):
            read(whole[:cut])


def test_no_damage_to_the_directory_of_a_workbook_is_a_fault_of_ours(workbook, tmp_path, read):
    workbook([["a", "b"]])
    whole = (tmp_path / "made.xlsx").read_bytes()
    for place in range(whole.index(b"PK\x01\x02"), len(whole)):
        with suppress(NoTable):
            read(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(NoTable, match="不存在"), open_table(tmp_path / "none.csv"):
        pass
    with pytest.raises(NoTable, match="这是目录"), open_table(tmp_path):
        pass
