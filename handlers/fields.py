"""Fields: what a move asks for, and how what was typed is read.

The console's form, the API's body and the checking of both come from a Field.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from handlers.errors import Refused
from handlers.office import Office

TEXT, LONG, CHOICE, CHECKS, YES = "text", "long", "choice", "checks", "yes"
MOMENT, DAY, MONEY, NUMBER = "moment", "day", "money", "number"
LIMITS = {LONG: 20_000}
"""Characters at most, by kind; 200 for all others."""
YEARS = range(2000, 2100)
"""Beyond these it is a slip of the finger, and calendars and clocks do not go there."""
MOST = Decimal("1e12")
"""Yuan; more is a slip of the finger."""
YESES = frozenset({"1", "是", "true", "yes"})
Options = Mapping[str, str] | Callable[[Office, Any], Mapping[str, str]]
Typed = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Field:
    """Something a move asks for.

    `options` of a choice or of checks are code -> label, or come from the office and the row. All `CHECKS` there
    are must be confirmed; a choice that is `free` takes words beside its options. `column` is where the row keeps
    it; the form begins with what stands there. With `suggests` the form offers what was typed before. What is not
    `recorded` stays out of the timeline. `numbers` are an office's own: they are no person's, and stand as typed. Of
    rows with `missing` only what they miss is asked for by a field that is `missing`.
    """

    name: str
    label: str
    required: bool = False
    kind: str = TEXT
    column: str = ""
    options: Options = field(default_factory=dict, compare=False)
    hint: str = ""
    suggests: bool = False
    recorded: bool = True
    numbers: bool = False
    missing: bool = False
    limit: int = 0
    free: bool = False

    @property
    def most(self) -> int:
        """Characters it may have."""
        return self.limit or LIMITS.get(self.kind, 200)


def options_of(asked: Field, office: Office, row: Any) -> Mapping[str, str]:
    """What may be chosen or is to be confirmed for this row: code -> label."""
    return asked.options(office, row) if callable(asked.options) else asked.options


def asked_of(fields: Iterable[Field], office: Office, row: Any) -> list[Field]:
    """Without checks of which this row needs none, and without what it does not miss."""
    return [
        one
        for one in fields
        if (one.kind != CHECKS or options_of(one, office, row)) and (not one.missing or one.name in row.missing)
    ]


def read(fields: Iterable[Field], typed: Typed, office: Office, row: Any) -> dict[str, Any]:
    """What was given, by field: str, tuple of codes, True, aware datetime, date, Decimal or int, as its kind says.

    Raises Refused (``missing_field``, ``checks_missing``, ``invalid_field``, ``too_long``).
    """
    asked = asked_of(fields, office, row)
    texts = {one.name: _text(typed.get(one.name, "")) for one in asked if one.kind != CHECKS}
    missing = [one.label for one in asked if one.required and not texts.get(one.name, one.kind == CHECKS)]
    if missing:
        raise Refused("missing_field", f"需要填写：{'、'.join(missing)}。")
    given: dict[str, Any] = {}
    for one in asked:
        if one.kind == CHECKS:
            given[one.name] = _confirmed(one, typed.get(one.name, ()), options_of(one, office, row))
        elif texts[one.name]:
            given[one.name] = _read(one, texts[one.name], office, row)
    return given


def _text(value: str | Sequence[str]) -> str:
    return value.strip() if isinstance(value, str) else ""


def _read(asked: Field, text: str, office: Office, row: Any) -> Any:
    if len(text) > asked.most:
        raise Refused("too_long", f"“{asked.label}”最多{asked.most}字，现有{len(text)}字。", field=asked.name)
    if asked.kind == CHOICE:
        return _chosen(asked, text, options_of(asked, office, row))
    return _READERS[asked.kind](asked, text, office)


def _confirmed(asked: Field, codes: str | Sequence[str], options: Mapping[str, str]) -> tuple[str, ...]:
    missing = [code for code in options if code not in ([codes] if isinstance(codes, str) else codes)]
    if missing:
        text = "；".join(options[code] for code in missing)
        raise Refused("checks_missing", f"执行前须逐项确认：{text}。", missing=missing)
    return tuple(options)


def _chosen(asked: Field, text: str, options: Mapping[str, str]) -> str:
    if text not in options and not asked.free:
        known = "、".join(f"{label}（{code}）" for code, label in options.items())
        raise Refused("invalid_field", f"“{asked.label}”没有“{text[:40]}”这一项，可选：{known}。", field=asked.name)
    return text


def moment(text: str, office: Office) -> datetime | None:
    """An aware time, of the office where it names no zone; None when it is no time of ours."""
    try:
        at = datetime.fromisoformat(text)
        at = at if at.tzinfo else at.replace(tzinfo=office.timezone)
        return at if at.astimezone(UTC).year in YEARS else None
    except (ValueError, OverflowError):
        return None


def _moment(asked: Field, text: str, office: Office) -> datetime:
    at = moment(text, office)
    if at is None:
        raise Refused("invalid_field", f"“{asked.label}”须为时间，如 2026-11-23T09:00。", field=asked.name)
    return at


def _day(asked: Field, text: str, _office: Office) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("invalid_field", f"“{asked.label}”须为日期，如 2026-11-23。", field=asked.name) from None


def _number(asked: Field, text: str, _office: Office) -> int:
    if not text.isdecimal() or not int(text):
        raise Refused("invalid_field", f"“{asked.label}”须为大于0的整数，如 15。", field=asked.name)
    return int(text)


def _yes(asked: Field, text: str, _office: Office) -> bool:
    if text not in YESES:
        raise Refused("invalid_field", f"“{asked.label}”须为“是”或不填。", field=asked.name)
    return True


def _money(asked: Field, text: str, _office: Office) -> Decimal:
    try:
        yuan = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise Refused(
            "invalid_field", f"“{asked.label}”的“{text[:20]}”不是数字，请填元，如 12345.60。", field=asked.name
        ) from None
    if not yuan.is_finite() or not 0 <= yuan < MOST or yuan != yuan.quantize(Decimal("0.01")):
        raise Refused("invalid_field", f"“{asked.label}”应不小于0，最多两位小数。", field=asked.name)
    return yuan


_READERS: Mapping[str, Callable[[Field, str, Office], Any]] = {
    TEXT: lambda _asked, text, _office: text,
    LONG: lambda _asked, text, _office: text,
    MOMENT: _moment,
    DAY: _day,
    MONEY: _money,
    NUMBER: _number,
    YES: _yes,
}


def lines(fields: Iterable[Field], given: Mapping[str, Any], office: Office, row: Any) -> str:
    """What was given, for the timeline: a line a field, and long ones as they stand."""
    told = [one for one in fields if one.recorded and one.name in given]
    return "\n".join(
        given[one.name] if one.kind == LONG else f"{one.label}：{shown(one, given[one.name], office, row)}"
        for one in told
    )


def shown(asked: Field, value: Any, office: Office, row: Any) -> str:
    """A value in words for people."""
    if asked.kind == CHOICE:
        return options_of(asked, office, row).get(value, value)
    if asked.kind == YES:
        return "是"
    return office.local(value) if asked.kind == MOMENT else str(value)
