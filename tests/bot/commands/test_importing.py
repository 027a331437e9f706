"""`import`: good rows are kept, bad ones told, a repeat changes nothing."""

import csv
import io
from datetime import date

import pytest
from openpyxl import Workbook

from bot.service import open_service
from bot.settings import load
from storage import audit, calendar
from storage.registers import business
from storage.registers import penalty as penalties
from storage.submissions import submission
from tests.register_files import as_csv, code, listing, merchant, order, penalty


@pytest.fixture
def take(command, tmp_path):
    """Import a file with this content into a new office."""
    assert command("init").code == 0

    def run(register, content, *options, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return command("import", register, str(path), *options)

    return run


@pytest.fixture
def ask(tmp_path):
    def read(fn):
        service = open_service(load(tmp_path / "config.toml", {}))
        with service.db.read() as tx:
            found = fn(tx)
        service.close()
        return found

    return read


@pytest.fixture
def rejects(tmp_path):
    """Rows of the rejects file."""

    def rows():
        content = (tmp_path / "rejects.csv").read_bytes().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(content, newline="")))

    return rows


@pytest.mark.parametrize(
    ("register", "row"),
    [
        ("merchants", merchant()),
        ("penalties", penalty()),
        ("listings", listing()),
        ("orders12315", order()),
        ("orders12345", order()),
    ],
)
def test_a_register_is_taken_in_once(take, register, row):
    first = take(register, as_csv(row))
    assert (first.code, first.last) == (0, "imported 1, unchanged 0, rejected 0")
    assert register in first.err
    assert take(register, as_csv(row)).last == "imported 0, unchanged 1, rejected 0"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_names_are_read_in_every_encoding(take, ask, encoding):
    take("penalties", as_csv(penalty(), encoding=encoding))
    (kept,) = ask(lambda tx: penalties.of(tx, "", code(1)))
    assert (kept.name, kept.document, kept.fine) == ("新密市老王熟食店", "新密市监处罚〔2026〕1号", "0.5")


def test_a_workbook_with_a_title_above_its_header(take, ask):
    book, row = Workbook(), penalty(CF_JDRQ=46053)
    for cells in (["行政处罚信息（法人）"], [], list(row), list(row.values())):
        book.active.append(cells)
    content = io.BytesIO()
    book.save(content)
    assert take("penalties", content.getvalue(), name="names.lie.csv").last == "imported 1, unchanged 0, rejected 0"
    (kept,) = ask(lambda tx: penalties.of(tx, "", code(1)))
    assert kept.decided_on == "2026-01-31"


@pytest.fixture
def workbook():
    """A workbook of these sheets, as bytes; each is a name, its rows, and what is merged in it."""

    def content(*sheets):
        book = Workbook()
        book.remove(book.active)
        for name, rows, *merged in sheets:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
            for cells in merged:
                sheet.merge_cells(cells)
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()

    return content


def as_rows(*rows):
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def test_every_visible_sheet_with_the_columns_is_taken(take, ask, rejects, workbook, tmp_path):
    second = [penalty(2), penalty(3, CF_JDRQ="不知道") | {"BZ": "备注"}]
    second[0]["BZ"] = ""
    content = workbook(("一月", as_rows(penalty(1))), ("说明", [["没有列"]]), ("二月", as_rows(*second)), ("空", []))
    done = take("penalties", content, "--rejects", str(tmp_path / "rejects.csv"), name="year.xlsx")
    assert done.last == "imported 2, unchanged 0, rejected 1"
    assert "工作表“说明”没有导入：缺少列CF_XDR_MC" in done.err
    assert rejects()[0] == [*penalty(), "行号", "原因"]
    assert rejects()[1] == [*second[1], "行号", "原因"]
    assert rejects()[2][-2:] == ["3", "工作表“二月”：CF_JDRQ：“不知道”不是日期，应写成2026-01-31"]
    mended = (tmp_path / "rejects.csv").read_bytes().replace("不知道".encode(), b"2026-01-31")
    assert take("penalties", mended).last == "imported 1, unchanged 0, rejected 0"
    assert [found.note for found in ask(lambda tx: penalties.of(tx, "", code(1)))].count("备注") == 1


def test_one_number_in_two_sheets_with_different_content_is_told(take, workbook):
    content = workbook(("一月", as_rows(penalty())), ("二月", as_rows(penalty(CF_NR_FK="9"))))
    done = take("penalties", content, name="year.xlsx")
    assert done.last == "imported 1, unchanged 0, rejected 1"
    assert "工作表“二月”：CF_WSH：与第2行重复而内容不同" in done.err


def test_a_header_of_two_rows(take, workbook):
    names, values = list(penalty()), list(penalty().values())
    over, under = names.copy(), [None] * len(names)
    over[6:9], under[6:9] = ["处罚决定", None, None], names[6:9]
    merged = [f"{chr(65 + place)}2:{chr(65 + place)}3" for place in range(len(names)) if not 6 <= place < 9]
    content = workbook(("处罚", [["处罚信息"], over, under, values], "G2:I2", *merged))
    assert take("penalties", content, name="a.xlsx").last == "imported 1, unchanged 0, rejected 0"
    flat = [",".join(cell or "" for cell in row) for row in (over, under, values)]
    assert take("penalties", "\n".join(flat).encode()).last == "imported 0, unchanged 1, rejected 0"


def test_one_name_over_several_decisions(take, ask, workbook):
    rows = as_rows(*(penalty(n) for n in (1, 2, 3)))
    for row in rows[2:]:
        row[:2] = [None, None]
    done = take("penalties", workbook(("处罚", rows, "A2:A4", "B2:B4")), name="a.xlsx")
    assert done.last == "imported 3, unchanged 0, rejected 0"
    assert len(ask(lambda tx: penalties.of(tx, "", code(1)))) == 3


def test_columns_that_nobody_reads_are_told(take):
    done = take("penalties", as_csv(penalty() | {"CF_FRDB": "王某", "": ""}))
    assert "没有导入的列：CF_FRDB" in done.err


def test_a_file_with_its_text_marks_is_the_clean_one(take):
    marked = {name: f"'{cell}" if name in ("CF_XDR_MC", "CF_WSH") else cell for name, cell in penalty().items()}
    assert take("penalties", as_csv(penalty())).last == "imported 1, unchanged 0, rejected 0"
    assert take("penalties", as_csv(marked)).last == "imported 0, unchanged 1, rejected 0"


def test_rejected_rows_compute_nothing_and_come_back_as_they_were(take, rejects, tmp_path):
    bad = penalty(CF_XDR_MC="=cmd|' /C calc'!A0", CF_JDRQ="x")
    take("penalties", as_csv(bad), "--rejects", str(tmp_path / "rejects.csv"))
    assert rejects()[1][0] == "'=cmd|' /C calc'!A0"


def test_a_bad_row_never_stops_the_good_ones_and_is_told_with_its_reason(take, rejects, tmp_path):
    rows = [penalty(n) for n in range(1, 251)]
    rows[4]["CF_JDRQ"] = "不知道"
    rows[200]["CF_WSH"] = ""
    done = take("penalties", as_csv(*rows), "--rejects", str(tmp_path / "rejects.csv"))
    assert (done.code, done.last) == (0, "imported 248, unchanged 0, rejected 2")
    header, first, second = rejects()
    assert header == [*penalty(), "行号", "原因"]
    assert first[:-2] == list(rows[4].values())
    assert (first[-2], second[-2]) == ("6", "202")
    assert first[-1].startswith("CF_JDRQ：")
    assert second[-1] == "CF_WSH：不能为空"
    assert (tmp_path / "rejects.csv").stat().st_mode & 0o077 == 0


def test_mended_rejects_are_imported_as_they_are(take, rejects, tmp_path):
    target = tmp_path / "rejects.csv"
    take("penalties", as_csv(penalty(), penalty(2, CF_NR_FK="五千")), "--rejects", str(target))
    mended = target.read_bytes().replace("五千".encode(), b"0.5")
    assert take("penalties", mended).last == "imported 1, unchanged 0, rejected 0"


def test_without_a_file_the_reasons_are_told_and_not_without_end(take):
    done = take("penalties", as_csv(*(penalty(n, CF_JDRQ="x") for n in range(1, 100))))
    assert (done.code, done.last) == (0, "imported 0, unchanged 0, rejected 99")
    assert "第2行：CF_JDRQ：" in done.err
    assert done.err.count("CF_JDRQ") == 20
    assert "--rejects FILE" in done.err


def test_rejects_of_before_do_not_stay(take, rejects, tmp_path):
    for day in ("x", "2026-01-31"):
        take("penalties", as_csv(penalty(CF_JDRQ=day)), "--rejects", str(tmp_path / "rejects.csv"))
    assert len(rejects()) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空的"),
        (as_csv(merchant()), "缺少列CF_XDR_MC、"),
        ("说明\n今天没有数据\n".encode(), "不是penalties的表"),
        (b"\x89PNG\r\n\x1a\n\0\0", "既不是CSV"),
        (b"PK\x03\x04rubbish", "不能作为表格读取"),
    ],
)
def test_what_cannot_be_imported_is_one_clear_line(take, content, said):
    done = take("penalties", content)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_missing_column_is_named(take):
    row = penalty()
    del row["CF_WSH"]
    assert "缺少列CF_WSH" in take("penalties", as_csv(row)).err


def test_a_header_alone_is_an_empty_table(take):
    done = take("merchants", as_csv(merchant()).splitlines()[0])
    assert (done.code, done.last) == (0, "imported 0, unchanged 0, rejected 0")


def test_files_that_are_not_there_or_cannot_be_written(take, command, tmp_path):
    gone = command("import", "penalties", str(tmp_path / "none.csv"))
    assert (gone.code, len(gone.err.splitlines())) == (1, 1)
    refused = take("penalties", as_csv(penalty()), "--rejects", str(tmp_path / "nowhere" / "r.csv"))
    assert (refused.code, "不存在" in refused.err) == (1, True)


def test_rejects_never_overwrite_what_is_imported(take, tmp_path):
    done = take("penalties", as_csv(penalty()), "--rejects", str(tmp_path / "table.csv"))
    assert done.code == 1
    assert (tmp_path / "table.csv").read_bytes() == as_csv(penalty())


def test_every_import_is_recorded(take, ask):
    take("penalties", as_csv(penalty(), penalty(2, CF_JDRQ="")))
    row = ask(lambda tx: audit.newest(tx, limit=1))[0]
    assert (row.actor, row.action, row.subject) == ("command", "import", "penalties")
    assert row.detail == "table.csv: imported 1, unchanged 0, rejected 1"


def test_before_the_migration_it_says_what_to_do(take, command, tmp_path):
    (tmp_path / "var/shian.db").unlink()
    (tmp_path / "var/shian.db").touch()
    assert "migrate" in take("penalties", as_csv(penalty())).err


@pytest.mark.parametrize("register", ["submissions", ""])
def test_other_registers_are_wrong_usage(take, register):
    assert take(register, b"x").code == 2


def test_many_rows_come_in_whole(take, ask):
    rows = (merchant(n, 名称=f"新密市第{n}食品店") for n in range(1, 1204))
    assert take("merchants", as_csv(*rows)).last == "imported 1203, unchanged 0, rejected 0"
    assert len(ask(lambda tx: list(business.every(tx)))) == 1203


def test_the_days_of_a_year_are_taken_in_once_and_counted_by(take, ask):
    table = "日期,是否工作日,节日\n2027-01-01,否,元旦\n2027/1/9,上班,元旦\n2027-01-10,也许,\n".encode()
    done = take("calendar", table)
    assert (done.code, done.last) == (0, "imported 2, unchanged 0, rejected 1")
    assert "重新计算了0个" in done.out
    assert "应写成是或否" in done.err
    assert take("calendar", table).last == "imported 0, unchanged 2, rejected 1"
    assert list(ask(calendar.days)) == [date(2027, 1, 1), date(2027, 1, 9)]


def test_the_notice_itself_is_taken_in(take, ask):
    notice = "国务院办公厅关于2027年部分节假日安排的通知 一、元旦：1月1日至3日放假，共3天。1月9日上班。"
    assert take("calendar", notice.encode(), name="notice.txt").last == "imported 4, unchanged 0, rejected 0"
    assert ask(calendar.days)[date(2027, 1, 9)] == (True, "元旦")


def test_a_row_of_a_platform_that_cannot_be_a_case_is_told(take, ask, rejects, tmp_path):
    rows = [order(), order(编号="2", 类型="咨询"), order(编号="3", 登记时间="昨天"), order(编号="4", 内容="")]
    ended = take("orders12345", as_csv(*rows), "--rejects", str(tmp_path / "rejects.csv"))
    assert ended.last == "imported 1, unchanged 0, rejected 3"
    reasons = [row[-1] for row in rejects()[1:]]
    assert ["投诉还是举报" in reasons[0], "不是日期" in reasons[1], "不能为空" in reasons[2]] == [True] * 3
    (made,) = ask(lambda tx: list(submission.every(tx)))
    assert (made.kind, made.merchant, made.order_state) == ("complaint", "好又多超市", "received")
    assert made.received_at.isoformat() == "2026-11-20T08:30:00+00:00"
