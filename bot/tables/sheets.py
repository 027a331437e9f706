"""Tables as bureaus keep them: CSV in UTF-8, GBK or UTF-16, and XLSX, told apart by what is in them."""

import codecs
import csv
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum, SheetVisibleEnum, load_workbook

from bot.errors import BotError
from bot.tables.workbooks import ERROR_VALUE, Survey, sheet_parts

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CHUNK = 1 << 20
LONGEST_RECORD = 100
"""Lines that one CSV record may span: a quotation mark left open must not swallow the rest of the file."""
LARGEST_SHEET = 1 << 25
"""Cells of the rectangle that a sheet spans; calamine takes 32 bytes for each, blank or not: 1 GB."""
DAMAGE = (CalamineError, ExpatError, BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, ValueError)
"""What calamine, expat and ZipFile raise of a damaged workbook."""
ERROR_VALUES = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
"""What Excel shows, and saves into a CSV, where a formula came to nothing."""
OPEN_QUOTE = "引号没有成对，这一行读不出来"
NOTHING_LEFT = "unexpected end of data"


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
            raise NoTable(f"{path} is an old Excel file (.xls); save it as .xlsx or CSV and import that")
        file.seek(0)
        # A handle, not the path: given a path, calamine goes by the ending, and endings lie.
        yield _of_workbook(path, file) if head == ZIP else iter([_of_text(path)])


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise NoTable(f"{path} cannot be read as a table ({error}); save it again as .xlsx or CSV") from None
    except OSError as error:
        raise NoTable(f"{path} cannot be read: {error.strerror or error}") from None


def _of_workbook(path: Path, file: BinaryIO) -> Iterator[Sheet]:
    with _readable(path):
        book, archive = load_workbook(file), ZipFile(file)
        parts = sheet_parts(archive)
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            with _readable(path):
                survey = Survey(archive, parts[sheet.name])
                _refuse_vast(path, sheet.name, survey)
                rows = book.get_sheet_by_name(sheet.name)
            yield Sheet(survey.rows, _told(_rows(rows, survey.faults)))


def _refuse_vast(path: Path, name: str, survey: Survey) -> None:
    if survey.rows * survey.columns > LARGEST_SHEET:
        raise NoTable(
            f"{path}: values in sheet {name} reach to row {survey.rows} and column {survey.columns};"
            " clear what stands outside of the table and save it again"
        )


def _rows(rows: CalamineSheet, faults: dict[int, str]) -> Iterator[Line]:
    number = 0
    for number, cells in enumerate(rows.iter_rows(), start=1):
        yield _line(number, map(_text, cells), faults.get(number, ""))
    # Formulas alone, none of them calculated, are no rows to calamine.
    yield from (Line(late, (), fault) for late, fault in faults.items() if late > number)


def _line(number: int, texts: Iterator[str], fault: str) -> Line:
    cells = tuple(texts)
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
    return Sheet(about, _told(_lines(path, encoding)))


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
                raise NoTable(f"{path} is neither CSV nor an Excel workbook; nothing was imported")
            ends, some = ends + chunk.count(b"\n"), some or bool(chunk.strip(b"\xef\xbb\xbf\r\n\t ,;"))
            for name, decoder in decoders.items():
                unreadable[name] += decoder.decode(chunk).count("\ufffd")
    if not some:
        raise NoTable(f"{path} is empty; nothing was imported")
    return min(decoders, key=lambda name: unreadable[name]), ends


def _lines(path: Path, encoding: str) -> Iterator[Line]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        delimiter = max(",\t;", key="".join(islice(file, 10)).count)
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
