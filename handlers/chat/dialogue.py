"""A talk is a list of Steps; `turn` is pure: steps, answers so far and what was said give what comes next.

An answer of '' is a skipped step; a step without an answer is still open. The question asked is always
that of the first open step, so that a talk survives a restart as nothing but its answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.understanding.recognition import Recognition

Answers = dict[str, str]


@dataclass(frozen=True)
class Said:
    """What the citizen sent: a word like 跳过, a text with what it means, or what a location message names."""

    word: str = ""
    text: str = ""
    place: Mapping[str, str] | None = None
    meant: frozenset[str] = frozenset()
    found: Recognition | None = None


@dataclass(frozen=True)
class Step:
    """One question. `read` makes answers of what was said, or None when it cannot."""

    name: str
    label: str
    hint: str
    read: Callable[[Said], Answers | None]
    required: bool = False
    skippable: bool = True
    skips: tuple[str, ...] = ()
    """Steps that fall away with this one when it is skipped."""
    verb: str = "请回复"
    adds_to: str = ""
    """The answer that words which are no answer here are added to."""


@dataclass(frozen=True)
class Turn:
    """What comes next. `state`: ask, added (to an earlier answer), again (not understood), missing, submit, cancel."""

    state: str
    answers: Answers
    step: Step | None = None
    missing: tuple[str, ...] = ()


def open_step(steps: Sequence[Step], answers: Answers) -> Step | None:
    """The first step without an answer."""
    return next((step for step in steps if step.name not in answers), None)


def shorten(steps: Sequence[Step], answers: Answers) -> Answers:
    """Answers with every optional open step skipped: only what is missing will be asked."""
    return answers | {step.name: "" for step in steps if step.name not in answers and not step.required}


def proceed(steps: Sequence[Step], answers: Answers) -> Turn:
    """Ask the first open step, or submit when there is none."""
    step = open_step(steps, answers)
    return Turn("ask", answers, step) if step else Turn("submit", answers)


def _back(steps: Sequence[Step], answers: Answers) -> Turn:
    current = open_step(steps, answers)
    before = steps[: steps.index(current)] if current else steps
    if not before:
        return Turn("ask", answers, current)
    kept = {name: value for name, value in answers.items() if name != before[-1].name}
    return Turn("ask", kept, before[-1])


def _skip(steps: Sequence[Step], answers: Answers) -> Turn:
    step = open_step(steps, answers)
    if step is None:
        return Turn("submit", answers)
    if not step.skippable:
        return Turn("missing", answers, step, (step.label,))
    return proceed(steps, dict.fromkeys((step.name, *step.skips), "") | answers)


def _submit(steps: Sequence[Step], answers: Answers) -> Turn:
    whole = answers | {step.name: "" for step in steps if step.skippable and step.name not in answers}
    missing = tuple(step.label for step in steps if step.name not in whole)
    if not missing:
        return Turn("submit", whole)
    # Only what is missing is asked from here on, and then whether all is right.
    left = {name: value for name, value in whole.items() if name in answers or name != steps[-1].name}
    return Turn("missing", left, open_step(steps, left), missing)


WORDS: Mapping[str, Callable[[Sequence[Step], Answers], Turn]] = {
    "取消": lambda _steps, answers: Turn("cancel", answers),
    "上一步": _back,
    "跳过": _skip,
    "提交": _submit,
}
ANSWERS = (*WORDS, "是", "否")
"""Words that say something only to whoever was asked something."""


def turn(steps: Sequence[Step], answers: Answers, said: Said) -> Turn:
    """One exchange of a talk."""
    if said.word in WORDS:
        return WORDS[said.word](steps, answers)
    step = open_step(steps, answers)
    if step is None:
        return Turn("submit", answers)
    read = step.read(said)
    if read is None and said.place and any(s.name == "address" and s.name not in answers for s in steps):
        return proceed(steps, answers | dict(said.place))
    # What an answer tells beside its question changes nothing that was told before.
    others = {other.name for other in steps if other is not step and answers.get(other.name)}
    fresh = {name: value for name, value in (read or {}).items() if name not in others}
    return proceed(steps, answers | fresh) if fresh else Turn("again", answers, step)


def keep(step: Step, answers: Answers, text: str) -> Turn:
    """Words that are no answer to this question go to what happened, and the question stays."""
    known = answers.get(step.adds_to, "")
    whole = known if text in known else "\n".join(filter(None, [known, text]))
    return Turn("added", answers | {step.adds_to: whole}, step)
