"""Rows of imported files become businesses, penalties and listings, or are told what is wrong with them."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from content.registers.imports import COLUMNS, HOLDS, KINDS, Column
from handlers.errors import HandlerError
from handlers.office import Office
from handlers.registers import businesses, credit_codes
from storage import audit
from storage.engine.database import Tx
from storage.registers import business, imports
from storage.registers import listing as listings
from storage.registers import penalty as penalties

Values = dict[str, str | int]
NO_CODE = {"无", "/", "空", "没有", "暂无"}
NATURAL_PERSON = "自然人"
YES_NO = {"是": 1, "否": 0, "": 0, "1": 1, "0": 0, "已修复": 1, "未修复": 0}
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T ][\d:.]+)?")
_SERIAL = re.compile(r"[2-9]\d{4}(?:\.0)?")
EXCEL_DAY_ZERO = date(1899, 12, 30)
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,6})?")


class Faulty(HandlerError):
    """A row that cannot be taken; the text is Chinese and names the columns."""


def _text(cell: str) -> str:
    return cell


def _code(cell: str) -> str:
    code = "" if cell in NO_CODE else credit_codes.plain(cell)
    if code and (fault := credit_codes.fault(code)):
        raise ValueError(fault)
    return code


def _date(cell: str) -> str:
    """An ISO day of what bureaus and Excel write: 2026/1/31, 2026年1月31日, 20260131, 46053."""
    if not cell:
        return ""
    plain = unicodedata.normalize("NFKC", cell)
    if _SERIAL.fullmatch(plain):
        return (EXCEL_DAY_ZERO + timedelta(days=int(plain[:5]))).isoformat()
    if found := _DAY.fullmatch(plain):
        year, month, day = found[1], found[2] or found[4], found[3] or found[5]
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            pass
    raise ValueError(f"“{cell[:20]}”不是日期，应写成2026-01-31")


def _amount(cell: str) -> str:
    """A decimal text in 10,000 yuan, written one way."""
    plain = unicodedata.normalize("NFKC", cell).replace(",", "").removesuffix("万元").strip()
    if not plain:
        return ""
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(f"“{cell[:20]}”不是以万元为单位的金额，应写成0.5")
    whole, _, part = f"{Decimal(plain):f}".partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")


def _flag(cell: str) -> int:
    if cell not in YES_NO:
        raise ValueError(f"“{cell[:20]}”应写成是或否")
    return YES_NO[cell]


READ: Mapping[str, Callable[[str], str | int]] = {
    "text": _text,
    "code": _code,
    "date": _date,
    "amount": _amount,
    "flag": _flag,
}
ORDER = {"penalties": ("decided_on", "disclosed_until"), "listings": ("decided_on", "removed_on")}
"""Days of which the second, where given, cannot come before the first."""


def _plain(name: str) -> str:
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", name)).lower()


@dataclass(frozen=True)
class Header:
    """Where the columns of a register stand in a file; `missing` are those that must be there and are not."""

    register: str
    names: tuple[str, ...]
    places: Mapping[str, int]
    missing: tuple[str, ...]


def read_header(register: str, names: Sequence[str]) -> Header:
    """Take a row for the one with the names of the columns, in any order and with other columns between."""
    plain = [_plain(name) for name in names]
    columns = COLUMNS[register]
    wanted = {key: [_plain(name) for name in column.names] for key, column in columns.items()}
    places = {key: plain.index(name) for key, wants in wanted.items() if (name := _first(wants, plain))}
    missing = tuple(column.names[0] for key, column in columns.items() if column.column and key not in places)
    return Header(register, tuple(names), places, missing)


def _first(wanted: Sequence[str], names: Sequence[str]) -> str:
    return next((name for name in wanted if name in names), "")


@dataclass
class Reader:
    """Reads the rows of one file, and notices when two of them speak of the same thing differently."""

    header: Header
    _seen: dict[int, tuple[int, int]] = field(default_factory=dict)

    def read(self, number: int, cells: Sequence[str]) -> Values:
        """The values of row `number`; only of columns the file has. Raises Faulty with all that is wrong."""
        if any(cells[len(self.header.names) :]):
            raise Faulty("这一行的列数比表头多，请检查多余的分隔符")
        values: Values = {}
        faults: list[str] = []
        for key, place in self.header.places.items():
            try:
                cell = cells[place] if place < len(cells) else ""
                values[key] = _value(key, COLUMNS[self.header.register][key], cell)
            except ValueError as error:
                faults.append(f"{self.header.names[place]}：{error}")
        faults += [] if faults else self._contradictions(number, values)
        if faults:
            raise Faulty("；".join(faults))
        return values

    def _contradictions(self, number: int, values: Values) -> list[str]:
        first, second = ORDER.get(self.header.register, ("", ""))
        if values.get(second) and str(values[second]) < str(values[first]):
            return [f"{self._name_of(second)}：早于{self._name_of(first)}"]
        # As numbers: a file may have more rows than there is room for their names.
        identity, content = hash(identity_of(self.header.register, values)), hash(frozenset(values.items()))
        before, same = self._seen.setdefault(identity, (number, content))
        key = "document" if self.header.register == "penalties" else "code"
        return [] if same == content else [f"{self._name_of(key)}：与第{before}行重复而内容不同"]

    def _name_of(self, key: str) -> str:
        return self.header.names[self.header.places[key]]


def _value(key: str, column: Column, cell: str) -> str | int:
    if "\ufffd" in cell:
        raise ValueError("有无法识别的字符")
    if column.value and not cell:
        raise ValueError("不能为空")
    return READ[HOLDS.get(key, "text")](cell)


def identity_of(register: str, values: Values) -> str:
    """What makes two rows of a register the same thing."""
    if register == "penalties":
        return str(values["document"])
    if register == "listings":
        return listings.identity(values)
    return business.identity(str(values["name"]), str(values["code"]), str(values.get("township", "")))


def store(tx: Tx, office: Office, register: str, rows: Sequence[Values]) -> int:
    """Store rows of a register; returns how many changed anything."""
    return sum(STORE[register](tx, office, values) for values in rows)


def note(tx: Tx, name: str, detail: str) -> None:
    """Remember that a register was brought up to date, and by what."""
    imports.note_import(tx, name)
    audit.write(tx, actor="command", action="import", subject=name, detail=detail)


def _merchant(tx: Tx, office: Office, values: Values) -> bool:
    kind = values.get("kind") or KINDS.get(str(values["code"])[:2], "")
    return businesses.put(tx, {**values, "kind": kind}, office.region)


def _penalty(tx: Tx, office: Office, values: Values) -> bool:
    if NATURAL_PERSON not in str(values.get("party_kind", "")):
        _know(tx, office, values)
    return penalties.put(tx, values)


def _listing(tx: Tx, office: Office, values: Values) -> bool:
    _know(tx, office, values)
    return listings.put(tx, values)


def _know(tx: Tx, office: Office, values: Values) -> None:
    """Who was decided against can be looked up, also before the register of businesses is imported."""
    name, code = str(values["name"]), str(values["code"])
    if not business.is_known(tx, name, code):
        businesses.put(tx, {"name": name, "code": code}, office.region)


STORE: Mapping[str, Callable[[Tx, Office, Values], bool]] = {
    "merchants": _merchant,
    "penalties": _penalty,
    "listings": _listing,
}
