"""What python-calamine does not tell of a workbook, read from the workbook's own XML.

It gives error values, and formulas that no program has calculated, as blank cells, and one stray cell far outside of
a table makes it fill the memory. It has no switch for either.
"""

from posixpath import join
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

ERROR_VALUE = "有单元格是错误值{}，改好后再导入"
NO_RESULT = "有公式还没有算出结果，用Excel或WPS打开、保存一次后再导入"
Attributes = dict[str, str]


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The names of the sheets, and where in the archive each stands."""
    relations = _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    targets = {relation["Id"]: relation["Target"] for relation in relations}
    sheets = _elements(archive, "xl/workbook.xml", "sheet")
    # A target counts from xl/, or from the root when it begins with a slash.
    return {sheet["name"]: join("/xl", targets[_id(sheet)])[1:] for sheet in sheets}


def _id(sheet: Attributes) -> str:
    return next((value for name, value in sheet.items() if name.endswith(":id")), "")


def _elements(archive: ZipFile, part: str, wanted: str) -> list[Attributes]:
    found: list[Attributes] = []

    def start(tag: str, attributes: Attributes) -> None:
        if _local(tag) == wanted:
            found.append(attributes)

    parser = ParserCreate()
    parser.StartElementHandler = start
    with archive.open(part) as file:
        parser.ParseFile(file)
    return found


def _local(tag: str) -> str:
    return tag[tag.find(":") + 1 :]


class Survey:
    """A sheet seen cell by cell: `faults` tells why a row cannot be read, `rows` and `columns` how far values reach."""

    def __init__(self, archive: ZipFile, part: str) -> None:
        self.faults: dict[int, str] = {}
        self.rows = self.columns = self._row = 0
        self._cell: Attributes = {}
        self._formula = False
        self._text = self._value = self._last = ""
        parser = ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.buffer_text = self._characters, True
        with archive.open(part) as file:
            parser.ParseFile(file)

    def _start(self, tag: str, attributes: Attributes) -> None:
        self._text = ""
        name = _local(tag)
        if name == "row":
            self._row, self._last = int(attributes.get("r", self._row + 1)), ""
        elif name == "c":
            self._cell, self._formula, self._value = attributes, False, ""
        elif name == "f":
            self._formula = True
        elif name in ("v", "is"):
            self._last = self._cell.get("r", "")

    def _characters(self, text: str) -> None:
        # What comes first tells enough of a text of any length.
        self._text = self._text or text

    def _end(self, tag: str) -> None:
        name = _local(tag)
        if name == "v":
            self._value = self._text
        elif name == "c" and (fault := self._fault()):
            self.faults.setdefault(self._row, fault)
        elif name == "row" and self._last:
            self.rows, self.columns = self._row, max(self.columns, _column(self._last))

    def _fault(self) -> str:
        kind = self._cell.get("t")
        if kind == "e":
            return ERROR_VALUE.format(self._value)
        # A text that came out blank is a result too.
        return NO_RESULT if self._formula and not self._value and kind != "str" else ""


def _column(place: str) -> int:
    """1 for A7, 27 for AA7."""
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
