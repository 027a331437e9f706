"""Rows written as JSON Lines, CSV or XLSX, one after the other: none is held in memory. Excel computes none of them."""

import csv
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

import msgspec

from bot.tables.marks import harmless

BOM = b"\xef\xbb\xbf"
SHEET_ROWS = 1_000_000
"""Rows of a sheet, of the 1,048,576 that Excel opens; more go on in the next one."""
LONGEST = 32_000
"""Characters of a cell of a workbook, of the 32,767 that Excel takes."""
CUT = "…（太长，已截断，完整内容请导出为 jsonl）"
Names = Sequence[str]


def _write_jsonl(file: BinaryIO, rows: Iterator[Any], names: Names) -> None:
    encode = msgspec.json.Encoder().encode
    for row in rows:
        file.write(encode(row) + b"\n")


def _write_csv(file: BinaryIO, rows: Iterator[Any], names: Names) -> None:
    if file is not sys.stdout.buffer:
        file.write(BOM)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        lines = csv.writer(text)
        lines.writerow(names)
        lines.writerows(map(_cell, values) for values in _values(rows, names))
    finally:
        text.detach()


def _values(rows: Iterator[Any], names: Names) -> Iterator[list[Any]]:
    """Row by row, what each cell holds; a list as JSON."""
    for row in rows:
        values = msgspec.to_builtins(row)
        cells = (values[name] for name in names)
        yield [msgspec.json.encode(cell).decode() if isinstance(cell, list | tuple) else cell for cell in cells]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else value


def _write_xlsx(file: BinaryIO, rows: Iterator[Any], names: Names) -> None:
    from openpyxl import Workbook  # it weighs, and is for this format alone

    book = Workbook(write_only=True)
    for number, values in enumerate(_values(rows, names)):
        if number % SHEET_ROWS == 0:
            book.create_sheet().append(names)
        sheet = book.worksheets[-1]
        sheet.append([_text(sheet, value) if isinstance(value, str) else value for value in values])
    if not book.worksheets:
        book.create_sheet().append(names)
    book.save(file)


def _text(sheet: Any, value: str) -> Any:
    """A cell that stays a text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    plain = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, plain if len(plain) <= LONGEST else plain[:LONGEST] + CUT)
    cell.data_type = "s"
    return cell


WRITERS: dict[str, Callable[[BinaryIO, Iterator[Any], Names], None]] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "xlsx": _write_xlsx,
}
"""Format -> what writes rows (structs, or mappings) with these columns into an open file."""
