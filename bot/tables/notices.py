"""The State Council's notice on holidays as a table: a text file that an office saved from the published page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.tables.sheets import Line, NoTable, Sheet, open_table
from handlers.clock import notice
from storage.errors import told

COLUMNS = ("日期", "是否工作日", "节日")
MARK = "放假"
LONGEST = 100_000
"""Bytes; a notice has some two thousand characters."""


@contextmanager
def open_calendar(path: Path) -> Iterator[Iterator[Sheet]]:
    """The days of a notice, or else the sheets of a table. Raises NoTable."""
    text = _text(path)
    if text and MARK in text and "\n" + COLUMNS[0] not in "\n" + text and "通知" in text:
        yield iter([_of_notice(path, text)])
        return
    with open_table(path) as sheets:
        yield sheets


def _text(path: Path) -> str:
    """'' for what is no text of that length."""
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST + 1)
    except OSError as error:
        raise NoTable(f"{path}：{told(error)}") from None
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(coding) if len(raw) <= LONGEST else ""
        except UnicodeDecodeError:
            continue
    return ""


def _of_notice(path: Path, text: str) -> Sheet:
    try:
        days = notice.read(text)
    except notice.NoNoticeError as error:
        raise NoTable(f"{path}：{error}") from None
    rows = [(day.isoformat(), "是" if works else "否", name) for day, (works, name) in sorted(days.items())]
    lines = (Line(number, cells) for number, cells in enumerate([COLUMNS, *rows], start=1))
    return Sheet(path.name, len(rows), lines)
