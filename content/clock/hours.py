"""The office's working hours, as ``hours.toml`` has them; loaded once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from importlib.resources import files
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
Spans = tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class Hours:
    """Local hours on working days from `since` to `until`, both included; `days` overrides weekdays (0 is Monday)."""

    workday: Spans
    days: Mapping[int, Spans]
    since: date
    until: date


def _spans(texts: list[str]) -> Spans:
    """``09:00-12:00`` in order; raises ValueError for anything else, at start."""
    spans = tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in (t.split("-") for t in texts))
    edges = [edge for span in spans for edge in span]
    if edges != sorted(set(edges)):
        raise ValueError(f"hours.toml: {texts} are not in order")
    return spans


def _hours(row: Mapping[str, Any]) -> Hours:
    return Hours(
        workday=_spans(row["workday"]),
        days={number: _spans(row[name]) for number, name in enumerate(WEEKDAYS) if name in row},
        since=row.get("from", date.min),
        until=row.get("until", date.max),
    )


_TABLE = tomllib.loads(files("content").joinpath("clock/hours.toml").read_text(encoding="utf-8"))
HOURS = tuple(_hours(row) for row in _TABLE["hours"])
CLOSED: dict[date, str] = {row["on"]: row["note"] for row in _TABLE.get("closed", ())}
