"""The one engine of moves: found fresh, checked, changed by compare-and-set, recorded, told.

A procedure is a table of moves over rows with a `version`. The console's buttons and forms and the API's moves come
from it; what a move does beside its columns is a small effect.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from handlers import fields
from handlers.errors import Refused
from handlers.fields import Field, Typed
from handlers.office import ACTORS, Office
from storage import audit, timeline
from storage.engine.database import Tx
from storage.errors import Conflict
from storage.people.staff import Role, Staff


class Row(Protocol):
    """What moves are taken on."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Act(Generic[R]):
    """A move under way; `given` are its fields as their kinds read them."""

    tx: Tx
    office: Office
    staff: Staff
    move: "Move[R]"
    row: R
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What an effect adds: columns that change, another `body` of the timeline, `words` for the notice.

    One with `failed` is kept, under that name in the audit, but moves nothing on: no timeline, no notice.
    """

    changes: Mapping[str, Any] = field(default_factory=dict)
    body: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    failed: str = ""


def _plain(_act: Act[Any]) -> Outcome:
    return Outcome()


def _unmarked(_act: Act[Any]) -> Mapping[str, Any]:
    return {}


def _unchecked(_act: Act[Any]) -> None:
    """Nothing but the table decides whether it may be taken."""


def _as_typed(act: Act[Any]) -> Mapping[str, Any]:
    return act.given


def _on_its_own(_act: Act[Any], _after: Any, _outcome: Outcome) -> None:
    """Nothing else follows."""


@dataclass(frozen=True)
class FourEyes(Generic[R]):
    """A second person: `whose` names those who may not, `code` and `text` are what they are told."""

    whose: Callable[[Tx, R], Collection[str]]
    code: str
    text: str


@dataclass(frozen=True)
class Move(Generic[R]):
    """One thing staff may do; its name stands in the audit. `target` '' leaves the state; no `kinds` means all.

    `entry` is the kind of its timeline line, `public` shows that line to the citizen. `tells` is the reply text by
    which the person is told, `notice` a sentence in it; `tell_by` names the deadline by whose day they must know, ''
    is the rule ``notice``, counted from the move. `closes`, `cancels` and `starts` are deadlines; one that `begins`
    starts the first anew. `signs` is the column that takes who made it, `stamps` the one that takes when. `hint`
    stands above the form, `basis` in a refusal: the article, and what it says.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    roles: frozenset[Role]
    fields: tuple[Field, ...] = ()
    kinds: frozenset[str] = frozenset()
    entry: str = "move"
    public: bool = False
    tells: str = ""
    notice: str = ""
    tell_by: str = ""
    closes: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    begins: bool = False
    signs: str = ""
    stamps: str = ""
    four_eyes: FourEyes[R] | None = None
    effect: Callable[[Act[R]], Outcome] = _plain
    danger: bool = False
    hint: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Procedure(Generic[R]):
    """How rows of one kind are treated: the table of moves, and what is particular to the rows.

    `states` are code -> label of what stands in `column`. `change` is the compare-and-set, which raises Conflict.
    `number` is the subject of the audit, `about` that of the timeline; without one nothing but the number is
    recorded. `line` heads the timeline's line. `keep` is what was given as it may be kept. `check` looks at it and
    raises Refused. `marks` are columns that every move sets, `follow` is what comes after: clocks, tasks, notices.
    """

    moves: tuple[Move[R], ...]
    states: Mapping[str, str]
    change: Callable[..., R]
    number: Callable[[R], str]
    about: Callable[[R], str] | None = None
    line: Callable[[R, Move[R]], str] = lambda _row, move: move.label
    column: str = "state"
    kinds: Mapping[str, str] = field(default_factory=dict)
    keep: Callable[[Act[R]], Mapping[str, Any]] = _as_typed
    check: Callable[[Act[R]], None] = _unchecked
    marks: Callable[[Act[R]], Mapping[str, Any]] = _unmarked
    follow: Callable[[Act[R], R, Outcome], None] = _on_its_own

    def state(self, row: R) -> str:
        return str(getattr(row, self.column))

    def label(self, row: R) -> str:
        return self.states[self.state(row)]


def allowed(tx: Tx, procedure: Procedure[R], row: R, staff: Staff) -> list[Move[R]]:
    """The moves this person may take now, in the order of the table: the page's buttons."""
    fitting = [move for move in procedure.moves if not _unfit(procedure, row, move, staff)]
    return [move for move in fitting if not _own(tx, row, move, staff)]


def barred(tx: Tx, procedure: Procedure[R], row: R, staff: Staff) -> list[str]:
    """Why moves that fit are for somebody else, each reason once."""
    fitting = [move for move in procedure.moves if not _unfit(procedure, row, move, staff)]
    reasons = [own.text for move in fitting if (own := _own(tx, row, move, staff))]
    return list(dict.fromkeys(reasons))


def take(
    tx: Tx,
    office: Office,
    procedure: Procedure[R],
    row: R,
    name: str,
    *,
    staff: Staff,
    version: int | None,
    values: Typed,
) -> R:
    """Take a move on a row as it was seen at `version`; None stands for whatever it is now.

    Raises Refused with the reason: ``stale`` when somebody else was first, ``unknown_move``, ``wrong_kind``,
    ``forbidden``, ``wrong_stage``, the code of its second person, or what is wrong with the fields.
    """
    check_fresh(tx, procedure, row, version)
    move = _permitted(tx, procedure, row, name, staff)
    act = Act(tx, office, staff, move, row, fields.read(move.fields, values, office, row))
    act = replace(act, given=procedure.keep(act))
    procedure.check(act)
    outcome = move.effect(act)
    after = change(tx, procedure, row, _changes(procedure, act) | dict(outcome.changes))
    _record(procedure, act, after, outcome)
    if not outcome.failed:
        procedure.follow(act, after, outcome)
    return after


def check_fresh(tx: Tx, procedure: Procedure[R], row: R, version: int | None) -> None:
    """Raises Refused with code ``stale`` when the row is no longer as it was seen."""
    if version is not None and version != row.version:
        raise _outrun(tx, procedure, row)


def change(tx: Tx, procedure: Procedure[R], row: R, values: Mapping[str, Any]) -> R:
    """Compare-and-set; raises Refused with code ``stale`` when somebody else was first."""
    try:
        return procedure.change(tx, row, **values)
    except Conflict:
        raise _outrun(tx, procedure, row) from None


def stale(label: str, by: str = "", step: str = "", **extra: object) -> Refused:
    """Somebody was first: who did which step, where that is known, and how things stand now."""
    last = f"：{ACTORS.get(by, by)} 已执行“{step}”" if step else ""
    text = f"此件刚被他人更新{last}，现为“{label}”。请查看最新内容后再操作，您填写的内容没有提交。"
    return Refused("stale", text, **extra)


def _outrun(tx: Tx, procedure: Procedure[R], row: R) -> Refused:
    return stale(procedure.label(row), *_last_step(tx, procedure, row), version=row.version)


def _last_step(tx: Tx, procedure: Procedure[R], row: R) -> tuple[str, str]:
    """(who, what) was done last, where the timeline knows; in one that others share only lines of ours count."""
    about = procedure.about(row) if procedure.about else ""
    ours = {procedure.line(row, move) for move in procedure.moves}
    steps = [entry for entry in timeline.of(tx, about) if about == row.id or entry.title in ours]
    return (steps[-1].actor, steps[-1].title) if steps else ("", "")


def _permitted(tx: Tx, procedure: Procedure[R], row: R, name: str, staff: Staff) -> Move[R]:
    move = next((move for move in procedure.moves if move.name == name), None)
    if move is None:
        raise Refused("unknown_move", f"没有“{name}”这个操作。")
    refused = _unfit(procedure, row, move, staff) or _own(tx, row, move, staff)
    if refused:
        raise refused
    return move


def _unfit(procedure: Procedure[R], row: R, move: Move[R], staff: Staff) -> Refused | None:
    kind = str(getattr(row, "kind", ""))
    if move.kinds and kind not in move.kinds:
        return Refused("wrong_kind", f"“{move.label}”不适用于{procedure.kinds[kind]}。{move.basis}")
    if not staff.roles & move.roles:
        return Refused("forbidden", f"您的角色不能执行“{move.label}”。{move.basis}")
    if procedure.state(row) not in move.sources:
        return Refused("wrong_stage", f"当前为“{procedure.label(row)}”，不能执行“{move.label}”。{move.basis}")
    return None


def _own(tx: Tx, row: R, move: Move[R], staff: Staff) -> Refused | None:
    second = move.four_eyes
    return Refused(second.code, second.text) if second and staff.name in second.whose(tx, row) else None


def _changes(procedure: Procedure[R], act: Act[R]) -> dict[str, Any]:
    move, given = act.move, act.given
    changes = {one.column: given[one.name] for one in move.fields if one.column and one.name in given}
    changes |= {procedure.column: move.target} if move.target else {}
    changes |= {move.signs: act.staff.name} if move.signs else {}
    changes |= {move.stamps: act.tx.stamp} if move.stamps else {}
    return changes | dict(procedure.marks(act))


def _record(procedure: Procedure[R], act: Act[R], after: R, outcome: Outcome) -> None:
    tx, move, by = act.tx, act.move, act.staff.name
    about = procedure.about(after) if procedure.about else ""
    if about and not outcome.failed:
        body = fields.lines(move.fields, act.given, act.office, act.row) if outcome.body is None else outcome.body
        body += f"\n受{act.staff.on_behalf}委托" if act.staff.on_behalf else ""
        title = procedure.line(after, move)
        timeline.add(tx, about, move.entry, actor=by, title=title, body=body.strip(), public=move.public)
    detail = f"{procedure.state(act.row)}→{procedure.state(after)} v{after.version}" if about else ""
    detail += f" for {act.staff.on_behalf}" if act.staff.on_behalf else ""
    audit.write(tx, actor=by, action=outcome.failed or move.name, subject=procedure.number(after), detail=detail)
