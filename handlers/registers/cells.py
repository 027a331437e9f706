"""How a cell of a register is read: whatever bureaus and spreadsheets write in it, kept one way."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from content.registers.imports import ENDLESS, HOLDS, NONE, Column
from handlers.fields import YEARS
from handlers.registers import credit_codes

LONGEST = {"name": 200, "document": 200, "demand": 1000, "place": 500} | dict.fromkeys(
    ("number", "shop", "person", "phone", "home"), 200
)
"""Characters of a cell at most; LONG in all others."""
LONG = 5000
YES_NO = {"是": 1, "否": 0, "": 0, "1": 1, "0": 0, "Y": 1, "N": 0, "已修复": 1, "未修复": 0}
MATTERS = {"投诉": "complaint", "举报": "report"}
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T ][\d:.]+)?")
_SERIAL = re.compile(r"[2-9]\d{4}(?:\.0)?")
_DAY_ZERO = date(1899, 12, 30)
"""From which Excel counts."""
_CLOCK = re.compile(r"[T ]*(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$")
_AMOUNT = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(万?元)?")
_YUAN = Decimal(10_000)


_WORKED = "是 1 Y YES TRUE WORK WORKDAY 上班 补班 调休上班 工作日"
_OFF = "否 0 N NO FALSE REST OFF HOLIDAY WEEKEND 放假 休息 休息日 公休 周末 节假日 法定节假日"
WORKS = dict.fromkeys(_WORKED.split(), 1) | dict.fromkeys(_OFF.split(), 0)


def read(key: str, column: Column, cell: str) -> str | int:
    """What stands in a cell of that column. Raises ValueError, in Chinese."""
    if "\ufffd" in cell:
        raise ValueError("有无法识别的字符")
    longest = LONGEST.get(key, LONG)
    if len(cell) > longest:
        raise ValueError(f"有{len(cell)}个字，最多{longest}个")
    cell = "" if unicodedata.normalize("NFKC", cell) in NONE else cell
    if column.value and not cell:
        raise ValueError("不能为空")
    return READ[HOLDS.get(key, "text")](cell)


def _text(cell: str) -> str:
    return cell


def _code(cell: str) -> str:
    """A code; '' for one behind asterisks, and for the zeros of whoever has none."""
    code = credit_codes.plain(cell)
    if "*" in code or not code.strip("0"):
        return ""
    if fault := credit_codes.fault(code):
        raise ValueError(fault)
    return code


def _date(cell: str) -> str:
    """An ISO day of what bureaus and Excel write: 2026/1/31, 2026年1月31日, 20260131, 46053; '' for 长期."""
    plain = unicodedata.normalize("NFKC", cell)
    if not plain or plain in ENDLESS:
        return ""
    if _SERIAL.fullmatch(plain):
        return (_DAY_ZERO + timedelta(days=int(plain[:5]))).isoformat()
    if found := _DAY.fullmatch(plain):
        year, month, day = found[1], found[2] or found[4], found[3] or found[5]
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            pass
    raise ValueError(f"“{cell[:20]}”不是日期，应写成2026-01-31")


def _moment(cell: str) -> str:
    """An ISO day and time without zone; midnight where only a day is written."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    clock = _CLOCK.search(plain)
    day = date.fromisoformat(_date(plain[: clock.start()].strip() if clock else plain) or "0001-01-01")
    if day.year not in YEARS:
        raise ValueError(f"“{cell[:20]}”不是时间，应写成2026-01-31 09:30")
    hour, minute = (int(part) for part in clock.group(1, 2)) if clock else (0, 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"“{cell[:20]}”不是时间，应写成2026-01-31 09:30")
    return f"{day.isoformat()}T{hour:02}:{minute:02}"


def _matter(cell: str) -> str:
    """``complaint`` or ``report``: they are treated apart (Order 121, Art. 9)."""
    named = [kind for word, kind in MATTERS.items() if word in cell]
    if len(named) != 1:
        raise ValueError(f"“{cell[:20]}”看不出是投诉还是举报，应写明其中一种；咨询、建议不导入")
    return named[0]


def _amount(cell: str) -> str:
    """A decimal text in 10,000 yuan, written one way."""
    plain = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", cell))
    if not plain:
        return ""
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise ValueError(f"“{cell[:20]}”不是以万元为单位的金额，应写成0.5")
    amount = Decimal(found[1]) / (_YUAN if found[2] == "元" else 1)
    whole, _, part = f"{amount:f}".partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")


def _flag(cell: str) -> int:
    if cell.upper() not in YES_NO:
        raise ValueError(f"“{cell[:20]}”应写成是或否")
    return YES_NO[cell.upper()]


def _works(cell: str) -> int:
    if cell.upper() not in WORKS:
        raise ValueError(f"“{cell[:20]}”应写成是或否，或者上班、放假")
    return WORKS[cell.upper()]


READ: Mapping[str, Callable[[str], str | int]] = {
    "text": _text,
    "code": _code,
    "date": _date,
    "amount": _amount,
    "flag": _flag,
    "works": _works,
    "moment": _moment,
    "matter": _matter,
}
