"""What a function of the API is given, and how its body and query are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct, structs

from bot.api.moments import read
from bot.api.problems import of_decoding
from bot.service import Service
from handlers.fields import MOMENT, Typed
from handlers.moves import Move
from storage.people.staff import Staff

S = TypeVar("S", bound=Struct)
PAGE_LIMIT = 200


@dataclass(frozen=True)
class Ask:
    """One call: who asks, the variables of the path, and the decoded query and body of the route's types."""

    service: Service
    staff: Staff
    path: Mapping[str, str]
    query: Any
    body: Any


def decoded(raw: bytes, shape: type[S]) -> S:
    """The body as its type; an empty one counts as ``{}``. Raises Refused."""
    try:
        return msgspec.json.decode(raw.strip() or b"{}", type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise of_decoding(error) from None


def queried(values: Mapping[str, str], shape: type[S]) -> S:
    """The query as its type; empty parameters count as absent. Raises Refused."""
    try:
        return msgspec.convert(
            {name: value.strip() for name, value in values.items() if value.strip()}, shape, strict=False
        )
    except msgspec.ValidationError as error:
        raise of_decoding(error, query=True) from None


def texts(body: Struct, *names: str) -> dict[str, str]:
    """These fields of a body, trimmed; absent and null ones are ''."""
    return {name: (getattr(body, name) or "").strip() for name in names}


def _as_typed(value: Any) -> Any:
    """As a form would have it: 是 or nothing, digits, and texts as they are."""
    if isinstance(value, bool):
        return "是" if value else ""
    return str(value) if isinstance(value, int) else value


def moved(body: Struct, moves: Iterable[Move[Any]], zone: ZoneInfo) -> Typed:
    """The fields of a move's body that were given; a time must name its offset. Raises Refused."""
    given = {
        name: _as_typed(value)
        for name, value in structs.asdict(body).items()
        if name != "version" and value is not None
    }
    for field in (field for move in moves for field in move.fields):
        if field.kind == MOMENT and given.get(field.name, "").strip():
            given[field.name] = read(given[field.name].strip(), field.name, zone, local=False).isoformat()
    return given
