"""One engine over tables of moves: which stages there are, who may take which move, and what follows from it.

The buttons of the console and the moves of the API come from these tables. A move is a row here and
nothing else; deadlines are started and met, and notices sent, as its row says.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from handlers.errors import Refused
from storage.people.staff import Role
from storage.submissions.submission import Kind


@dataclass(frozen=True)
class Field:
    """Something a move asks for; the console's form and the API's body come from it."""

    name: str
    label: str
    required: bool = False
    long: bool = False


@dataclass(frozen=True)
class Move:
    """One thing staff may do. `target` '' leaves the stage; `notice` is what the reporter is told.

    `tell_by` names the deadline by whose day they must know; '' is the rule ``notice``, counted from the move.
    A move that `asks` waits for the citizen's answer. One with `four_eyes` is not for whoever decided.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    roles: frozenset[Role]
    fields: tuple[Field, ...] = ()
    kinds: frozenset[Kind] = frozenset(Kind)
    notice: str = ""
    closes: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    public: bool = False
    tell_by: str = ""
    asks: bool = False
    four_eyes: bool = False
    danger: bool = field(default=False, compare=False)


def allowed(
    moves: Iterable[Move], stage: str, roles: frozenset[Role], kind: Kind | None = None, *, decided: bool = False
) -> list[Move]:
    """The moves these roles may take now, in the order of the table; `decided` when the decision was one's own."""
    return [
        move
        for move in moves
        if stage in move.sources
        and roles & move.roles
        and (kind is None or kind in move.kinds)
        and not (move.four_eyes and decided)
    ]


def check(
    moves: Iterable[Move],
    name: str,
    *,
    stage: str,
    stage_label: str,
    roles: frozenset[Role],
    values: dict[str, str],
    kind: Kind | None = None,
    decided: bool = False,
) -> Move:
    """The move `name` when it may be taken; raises Refused with the reason otherwise."""
    move = next((move for move in moves if move.name == name), None)
    if move is None:
        raise Refused("unknown_move", f"没有“{name}”这个操作。")
    if kind is not None and kind not in move.kinds:
        raise Refused("wrong_kind", f"“{move.label}”不适用于{'投诉' if kind is Kind.COMPLAINT else '举报'}。")
    if not roles & move.roles:
        raise Refused("forbidden", f"您的角色不能执行“{move.label}”。")
    if stage not in move.sources:
        raise Refused("wrong_stage", f"当前为“{stage_label}”，不能执行“{move.label}”。")
    if move.four_eyes and decided:
        raise Refused("own_decision", f"原处理结果是您作出的，“{move.label}”须由另一名工作人员执行。")
    missing = [field.label for field in move.fields if field.required and not values.get(field.name, "").strip()]
    if missing:
        raise Refused("missing_field", f"“{move.label}”需要填写：{'、'.join(missing)}。")
    return move
