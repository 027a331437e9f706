"""A correction in plain words (不对，是青屏大街14号): which answer is meant, and what it becomes."""

import re
from collections.abc import Sequence

from handlers.chat import readers
from handlers.chat.dialogue import Answers, Said, Step, open_step
from handlers.chat.questions import STORIES
from handlers.understanding import sentences

_HOUSE = re.compile(r"\d+号")


def read(steps: Sequence[Step], answers: Answers, said: Said, *, plain: bool) -> Answers | None:
    """The answers that a correction gives; None when it is none, or nothing that was asked before.

    Where people tell a story (`plain`) only what says that something was wrong, or names it, is one.
    """
    text = readers.plain(said.text)
    found = sentences.READER.correction(text) if not plain or sentences.READER.says(text, "mistake") else None
    if found is None:
        return None
    value = found.value
    for step in _candidates(steps, answers, found.answer, value):
        old = answers.get(step.name, "")
        new = _HOUSE.sub(value, old, count=1) if _HOUSE.fullmatch(value) and _HOUSE.search(old) else value
        known = step.read(Said(text=new))
        if known is not None:
            return known
    return None


def _candidates(steps: Sequence[Step], answers: Answers, named: str, value: str) -> list[Step]:
    """The answer that is named; else the one that looks like the value, else the one given last, or asked for now."""
    by_name = {step.name: step for step in steps}
    if named:
        return [by_name[named]] if named in by_name else []
    if readers.telephone_in(value):
        return [by_name["phone"]] if answers.get("phone") else []
    current = open_step(steps, answers)
    before = steps[: steps.index(current)] if current else steps
    given = [step for step in reversed(before) if answers.get(step.name) and step.name not in ("category", "pictures")]
    alike = [step for step in given if _HOUSE.search(value) and _HOUSE.search(answers[step.name])]
    return [*(alike or given)[:1], *([current] if current and current.name not in STORIES else [])]
