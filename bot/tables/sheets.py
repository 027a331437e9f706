"""Tables as bureaus keep them: CSV in UTF-8, GBK or UTF-16, and XLSX, told apart by what is in them."""

import codecs
import csv
import re
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum, SheetVisibleEnum, load_workbook

from bot.errors import BotError
from bot.tables.marks import unmarked
from bot.tables.workbooks import ERROR_VALUE, Survey, sheet_parts
from storage.errors import told

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CHUNK = 1 << 20
LONGEST_RECORD = 100
"""Lines that one CSV record may span: a quotation mark left open must not swallow the rest of the file."""
LARGEST_UNPACKED = 1 << 28
"""Bytes of a workbook's parts: one cell of 300 MB packs into 286 KB."""
LARGEST_SHEET = 1 << 25
"""Cells of the rectangle that a sheet spans; calamine takes 32 bytes for each, blank or not: 1 GB."""
DAMAGE = (CalamineError, ExpatError, BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, ValueError)
"""What calamine, expat and ZipFile raise of a damaged workbook."""
ERROR_VALUES = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
"""What Excel shows, and saves into a CSV, where a formula came to nothing."""
OPEN_QUOTE = "引号没有成对，这一行读不出来"
NOTHING_LEFT = "unexpected end of data"
_TAB_MARK = re.compile(r'(^|[,;])"?\t', re.MULTILINE)
Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


class NoTable(BotError):
    """A file that is no table; the text is one line for an operator."""


@dataclass(frozen=True)
class Line:
    """A row as it stands in the file, `number` counted from 1; `fault` is why it cannot be read, in Chinese."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet, blank ones left out; `about` is how many there may be, 0 when nobody knows."""

    name: str
    about: int
    lines: Iterator[Line]


@contextmanager
def open_table(path: Path) -> Iterator[Iterator[Sheet]]:
    """The sheets of a file, one for CSV, readable inside the block. Raises NoTable."""
    with _readable(path):
        file = path.open("rb")
    with file:
        head = file.read(len(ZIP))
        if head == OLD_EXCEL:
            raise NoTable(f"{path}：是旧的Excel文件（.xls），请另存为.xlsx或CSV后再导入")
        if head.lstrip(b"\xef\xbb\xbf").startswith(b"<"):
            raise NoTable(f"{path}：是网页，请用Excel或WPS打开，另存为.xlsx后再导入")
        file.seek(0)
        # A handle, not the path: given a path, calamine goes by the ending, and endings lie.
        yield _of_workbook(path, file) if head == ZIP else iter([_of_text(path)])


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise NoTable(f"{path}：不能作为表格读取（{error}），请另存为.xlsx或CSV后再导入") from None
    except OSError as error:
        raise NoTable(told(error) if error.filename else f"{path}：{told(error)}") from None


def _of_workbook(path: Path, file: BinaryIO) -> Iterator[Sheet]:
    with _readable(path):
        archive = ZipFile(file)
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise NoTable(f"{path}：展开后超过{LARGEST_UNPACKED >> 20}MB，请删去图片和表格以外的内容，另存后再导入")
        parts = sheet_parts(archive)
        file.seek(0)
        book = load_workbook(file)
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            with _readable(path):
                survey = Survey(archive, parts[sheet.name])
                _refuse_vast(path, sheet.name, survey)
                rows = book.get_sheet_by_name(sheet.name)
            yield Sheet(sheet.name, survey.rows, _told(_rows(rows, survey.faults)))


def _refuse_vast(path: Path, name: str, survey: Survey) -> None:
    if survey.rows * survey.columns > LARGEST_SHEET:
        raise NoTable(
            f"{path}：工作表“{name}”里的内容一直到第{survey.rows}行、第{survey.columns}列，"
            "请清除表格以外的单元格，保存后再导入"
        )


def _rows(rows: CalamineSheet, faults: dict[int, str]) -> Iterator[Line]:
    number = 0
    for number, cells in enumerate(_carried(rows.iter_rows(), rows.merged_cell_ranges or ()), start=1):
        yield _line(number, map(_text, cells), faults.get(number, ""))
    # Formulas alone, none of them calculated, are no rows to calamine.
    yield from (Line(late, (), fault) for late, fault in faults.items() if late > number)


def _carried(rows: Iterator[list[Any]], merged: Sequence[tuple[Place, Place]]) -> Iterator[list[Any]]:
    """A cell merged over several rows says in each of them what stands in the first."""
    tall: dict[int, list[Place]] = {}
    for (first, column), (last, _) in merged:
        tall.setdefault(first, []).append((last, column))
    said: dict[int, tuple[int, Any]] = {}
    for number, cells in enumerate(rows):
        for column, (last, value) in said.items():
            if number <= last:
                cells[column] = value
        said |= {column: (last, cells[column]) for last, column in tall.get(number, ()) if column < len(cells)}
        yield cells


def _line(number: int, texts: Iterator[str], fault: str) -> Line:
    cells = tuple(map(unmarked, texts))
    errors = ERROR_VALUES.intersection(cells)
    return Line(number, cells, ERROR_VALUE.format("、".join(sorted(errors))) if errors and not fault else fault)


def _told(lines: Iterator[Line]) -> Iterator[Line]:
    return (line for line in lines if line.fault or any(line.cells))


def _text(value: object) -> str:
    """A cell as a person reads it; a day as ISO date."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def _of_text(path: Path) -> Sheet:
    encoding, about = _encoding(path)
    return Sheet("", about, _told(_lines(path, encoding)))


def _encoding(path: Path) -> tuple[str, int]:
    """The encoding in which least is unreadable, and the number of line ends."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16", 0
        file.seek(0)
        decoders = {name: codecs.getincrementaldecoder(name)("replace") for name in ("utf-8-sig", "gb18030")}
        unreadable, ends, some = dict.fromkeys(decoders, 0), 0, False
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                raise NoTable(f"{path}：既不是CSV也不是Excel工作簿，没有导入")
            ends, some = ends + chunk.count(b"\n"), some or bool(chunk.strip(b"\xef\xbb\xbf\r\n\t ,;"))
            for name, decoder in decoders.items():
                unreadable[name] += decoder.decode(chunk).count("\ufffd")
    if not some:
        raise NoTable(f"{path}：是空的，没有导入")
    return min(decoders, key=lambda name: unreadable[name]), ends


def _lines(path: Path, encoding: str) -> Iterator[Line]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        # A tab that begins a cell may be there to keep it a text.
        delimiter = max(",\t;", key=_TAB_MARK.sub(r"\1", "".join(islice(file, 10))).count)
        file.seek(0)
        for number, (cells, fault) in enumerate(_records(file, delimiter), start=1):
            yield _line(number, (cell.strip() for cell in cells), fault)


def _records(file: Iterator[str], delimiter: str) -> Iterator[tuple[list[str], str]]:
    """Record by record, so that one with a stray quotation mark costs nothing but itself."""
    ahead: deque[str] = deque()
    while line := _next(ahead, file):
        taken = [line]
        while (cells := _cells(taken, delimiter)) is None and len(taken) < LONGEST_RECORD:
            taken.append(_next(ahead, file))
        if cells:
            yield cells, ""
        else:
            ahead.extendleft(reversed([line for line in taken[1:] if line]))
            yield [line], OPEN_QUOTE if line.strip() else ""


def _next(ahead: deque[str], file: Iterator[str]) -> str:
    return ahead.popleft() if ahead else next(file, "")


def _cells(taken: list[str], delimiter: str) -> list[str] | None:
    """The cells of a record; None while a quotation mark is open, none when one stands where it may not."""
    try:
        return next(csv.reader(["".join(taken)], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return None if NOTHING_LEFT in str(error) and taken[-1] else []
