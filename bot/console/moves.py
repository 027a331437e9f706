"""Moves as forms: drawn from their fields, read back, and taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import request

from bot.console.forms import typed, version
from bot.console.session import Visit
from bot.web.refusals import status_of
from handlers.errors import Refused
from handlers.fields import CHECKS, DAY, MOMENT, Field, Typed, asked_of, options_of
from handlers.moves import Move, Procedure, allowed
from handlers.notices.telling import Told
from storage.engine.database import Tx

R = TypeVar("R")
NO_DRAFTS: Mapping[str, Typed] = {}


@dataclass(frozen=True)
class Tried:
    """A move that was refused or only tried, with what was typed for it: nothing of that is lost.

    `told` is what the citizen would get of it, `rehearsed` that somebody asked for that.
    """

    name: str = ""
    values: Typed = field(default_factory=dict)
    refused: Refused | None = None
    told: Told | None = None
    rehearsed: bool = False

    @property
    def status(self) -> int:
        return status_of(self.refused) if self.refused else 200


@dataclass(frozen=True)
class Input:
    """A field as it is drawn, with what was typed or what the row has already."""

    id: str
    asked: Field
    options: Mapping[str, str]
    value: Any


@dataclass(frozen=True)
class Form:
    """A move as it is drawn."""

    move: Move[Any]
    action: str
    version: int
    inputs: list[Input]
    opened: bool
    told: Told | None = None
    rehearsed: bool = False
    draft: bool = False


def take(visit: Visit, procedure: Procedure[Any], move: Callable[..., R], key: str, name: str) -> R | Tried:
    """Take a move of the row of that key with what was typed; a refusal comes back with it."""
    asked = [one for row in procedure.moves for one in row.fields]
    ticked = {one.name: request.form.getlist(one.name) for one in asked if one.kind == CHECKS}
    values, made_from, office = typed() | ticked, version(), visit.service.office
    try:
        return visit.service.db.write(
            lambda tx: move(tx, office, key, name, staff=visit.staff, version=made_from, values=values)
        )
    except Refused as refused:
        return Tried(name, values, refused)


def rehearse(visit: Visit, procedure: Procedure[Any], move: Callable[..., Told | None], key: str, name: str) -> Tried:
    """What a move would tell, with what was typed for it; nothing is changed."""
    tried = take(visit, procedure, move, key, name)
    return tried if isinstance(tried, Tried) else Tried(name, typed(), told=tried, rehearsed=True)


def forms(
    visit: Visit,
    tx: Tx,
    procedure: Procedure[Any],
    row: Any,
    address: Callable[[str], str],
    tried: Tried,
    opens: bool = True,
    drafts: Mapping[str, Typed] = NO_DRAFTS,
) -> list[Form]:
    """A form for each move this person may take now, sent to the `address` of its name.

    Open is the one that was tried, or else the first if it `opens`. It begins with what was tried, or drafted before.
    """
    moves = allowed(tx, procedure, row, visit.staff)
    opened = tried.name or (moves[0].name if moves and opens else "")
    begun = {**drafts, tried.name: tried.values}
    return [
        Form(
            move,
            address(move.name),
            row.version,
            _inputs(visit, move, row, begun.get(move.name)),
            move.name == opened,
            tried.told if move.name == tried.name else None,
            tried.rehearsed and move.name == tried.name,
            move.name in drafts,
        )
        for move in moves
    ]


def _inputs(visit: Visit, move: Move[Any], row: Any, begun: Typed | None) -> list[Input]:
    office = visit.service.office
    return [
        Input(
            f"{move.name}-{row.id}-{one.name}",
            one,
            options_of(one, office, row),
            _has(visit, one, row) if begun is None or one.name not in begun else begun[one.name],
        )
        for one in asked_of(move.fields, office, row)
    ]


def _has(visit: Visit, asked: Field, row: Any) -> Any:
    """What the row has already; a time or a day that it has not begins with now."""
    office, now = visit.service.office, visit.service.db.clock()
    value: Any = getattr(row, asked.column) if asked.column else ""
    if asked.kind == MOMENT:
        return f"{(value or now).astimezone(office.timezone):%Y-%m-%dT%H:%M}"
    return value or office.today(now) if asked.kind == DAY else value
