"""Rows of imported files become businesses, penalties and listings, or are told what is wrong with them."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from content.registers.imports import COLUMNS, KINDS, REMARKS
from handlers.errors import HandlerError
from handlers.office import Office
from handlers.registers import businesses, cells
from storage import audit, calendar
from storage.engine.database import Tx
from storage.registers import business, imports
from storage.registers import listing as listings
from storage.registers import penalty as penalties

Values = dict[str, str | int]
NATURAL_PERSON = "自然人"


class Faulty(HandlerError):
    """A row that cannot be taken; the text is Chinese and names the columns."""


ORDERS = ("orders12315", "orders12345")
KEYS = {"penalties": "document", "calendar": "day"} | dict.fromkeys(ORDERS, "number")
"""The column that says what a row is about; the code in all others."""
ORDER = {"penalties": ("decided_on", "disclosed_until"), "listings": ("decided_on", "removed_on")}
"""Days of which the second, where given, cannot come before the first."""


def _plain(name: str) -> str:
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", name)).lower()


def _bare(name: str) -> str:
    """Without what stands in brackets, unless it is another unit: amounts are in 10,000 yuan."""
    return re.sub(r"\((?!元\))[^()]*\)", "", name)


_NAMES = {
    register: {key: [_plain(name) for name in column.names] for key, column in columns.items()}
    for register, columns in COLUMNS.items()
}
_REMARK = re.compile(f"({'|'.join(map(re.escape, REMARKS))})(:.*)?")


@dataclass(frozen=True)
class Header:
    """Where the columns of a register stand in a file; `missing` are those that must be there and are not."""

    register: str
    names: tuple[str, ...]
    places: Mapping[str, int]
    missing: tuple[str, ...]

    @property
    def unread(self) -> list[str]:
        """Names of columns that are not taken, among them the second of two that are called the same."""
        return [name for place, name in enumerate(self.names) if name and place not in self.places.values()]


def read_header(register: str, names: Sequence[str]) -> Header:
    """Take a row for the one with the names of the columns, in any order and with other columns between."""
    plain = [_plain(name) for name in names]
    bare = [_bare(name) for name in plain]
    places: dict[str, int] = {}
    for key, wanted in _NAMES[register].items():
        place = next((among.index(name) for among in (plain, bare) for name in wanted if name in among), None)
        if place is not None:
            places[key] = place
    missing = tuple(column.names[0] for key, column in COLUMNS[register].items() if column.column and key not in places)
    return Header(register, tuple(names), places, missing)


@dataclass
class Reader:
    """Reads the rows of one file, and notices when two of them speak of the same thing differently."""

    header: Header
    _seen: dict[int, tuple[int, int]] = field(default_factory=dict)

    def read(self, number: int, row: Sequence[str]) -> Values:
        """The values of row `number`; only of columns the file has. Raises Faulty with all that is wrong."""
        if any(row[len(self.header.names) :]):
            raise Faulty("这一行的列数比表头多，请检查多余的分隔符")
        values: Values = {}
        faults: list[str] = []
        for key, place in self.header.places.items():
            try:
                cell = row[place] if place < len(row) else ""
                values[key] = cells.read(key, COLUMNS[self.header.register][key], cell)
            except ValueError as error:
                faults.append(f"{self.header.names[place]}：{error}")
        faults += [] if faults else self._remark(values) or self._contradictions(number, values)
        if faults:
            raise Faulty("；".join(faults))
        return values

    def _remark(self, values: Values) -> list[str]:
        name = _plain(str(values.get("name", "")))
        return (
            [f"“{name[:20]}”是合计或填表说明，不是数据"] if not values.get("code") and _REMARK.fullmatch(name) else []
        )

    def _contradictions(self, number: int, values: Values) -> list[str]:
        first, second = ORDER.get(self.header.register, ("", ""))
        if values.get(second) and str(values[second]) < str(values[first]):
            return [f"{self._name_of(second)}：早于{self._name_of(first)}"]
        # As numbers: a file may have more rows than there is room for their names.
        identity = hash(identity_of(self.header.register, values))
        content = hash(frozenset(values.items() - {("document", values.get("document"))}))
        before, same = self._seen.setdefault(identity, (number, content))
        key = KEYS.get(self.header.register, "code")
        return [] if same == content else [f"{self._name_of(key)}：与第{before}行重复而内容不同"]

    def _name_of(self, key: str) -> str:
        return self.header.names[self.header.places[key]]


def identity_of(register: str, values: Values) -> str:
    """What makes two rows of a register the same thing."""
    if register in ("calendar", *ORDERS):
        return str(values[KEYS[register]])
    if register == "penalties":
        return penalties.identity(values)
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


def _day(tx: Tx, _office: Office, values: Values) -> bool:
    name = str(values.get("holiday", ""))
    return calendar.put(tx, date.fromisoformat(str(values["day"])), works=bool(values["works"]), name=name)


STORE: Mapping[str, Callable[[Tx, Office, Values], bool]] = {
    "merchants": _merchant,
    "penalties": _penalty,
    "listings": _listing,
    "calendar": _day,
}
