"""Files as they come in, and the lines that are read of them."""

from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from bot.tables.sheets import open_table


@pytest.fixture
def read(tmp_path):
    """The lines of a file with this content."""

    def lines(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with open_table(path) as sheets:
            return [line for sheet in sheets for line in sheet.lines]

    return lines


@pytest.fixture
def saved(tmp_path, read):
    """The lines of a workbook, saved with `put` in the place of `taken` in the XML of its first sheet."""

    def lines(book, name="table.xlsx", taken="", put=""):
        book.save(tmp_path / "made.xlsx")
        with ZipFile(tmp_path / "made.xlsx") as made, ZipFile(tmp_path / "changed.xlsx", "w") as changed:
            for part in made.namelist():
                content = made.read(part)
                if part == "xl/worksheets/sheet1.xml":
                    assert taken.encode() in content
                    content = content.replace(taken.encode(), put.encode())
                changed.writestr(part, content)
        return read((tmp_path / "changed.xlsx").read_bytes(), name)

    return lines


@pytest.fixture
def workbook(saved):
    """The lines of a workbook with these sheets."""

    def lines(*sheets, **how):
        book = Workbook()
        book.remove(book.active)
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        return saved(book, **how)

    return lines
