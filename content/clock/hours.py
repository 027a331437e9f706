"""The office's working hours, as ``hours.toml`` has them; loaded once."""

from collections.abc import Iterable
from datetime import date, time
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from content import tables
from content.tables import Dated, Table, Text

Spans = tuple[tuple[time, time], ...]
_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_Span = Annotated[str, Meta(pattern=rf"\A{_TIME}-{_TIME}\Z", description="起止时间，如 09:00-12:00，符号用英文的")]


class Hours(Dated, frozen=True):
    """Local hours on working days while it is in force; a weekday may have its own, also none."""

    workday: Annotated[tuple[_Span, ...], Meta(min_length=1, description="方括号里至少一段时间")]
    monday: tuple[_Span, ...] | None = None
    tuesday: tuple[_Span, ...] | None = None
    wednesday: tuple[_Span, ...] | None = None
    thursday: tuple[_Span, ...] | None = None
    friday: tuple[_Span, ...] | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        for texts in (self.workday, *filter(None, self._own)):
            edges = [edge for span in _spans(texts) for edge in span]
            if edges != sorted(set(edges)):
                raise ValueError(f"{'、'.join(texts)} 的先后不对，请从早到晚写，不要重叠。")

    @property
    def _own(self) -> tuple[tuple[str, ...] | None, ...]:
        return (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, None, None)

    def on(self, weekday: int) -> Spans:
        """The hours of a working day on that weekday (0 is Monday)."""
        own = self._own[weekday]
        return _spans(self.workday if own is None else own)


def _spans(texts: Iterable[str]) -> Spans:
    return tuple((time.fromisoformat(text[:5]), time.fromisoformat(text[6:])) for text in texts)


class _Closed(Table, frozen=True):
    on: date
    note: Text


class _File(Table, frozen=True):
    hours: tuple[Hours, ...]
    closed: tuple[_Closed, ...] = ()

    def __post_init__(self) -> None:
        tables.check_order("hours", self.hours, since=None)
        tables.check_once("停办日", (str(row.on) for row in self.closed))


def load(path: Path) -> tuple[tuple[Hours, ...], dict[date, str]]:
    """(the hours, at most one row for a day; the days on which the office is closed besides); raises ContentError."""
    file = tables.load(path, _File)
    return file.hours, {row.on: row.note for row in file.closed}


HOURS, CLOSED = load(Path(__file__).with_name("hours.toml"))
