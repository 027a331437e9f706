"""A correction in plain words (不对，是青屏大街14号): which answer is meant, and what it becomes."""

import re
from collections.abc import Sequence

from handlers.chat import readers
from handlers.chat.dialogue import Answers, Said, Step, open_step
from handlers.chat.questions import STORIES
from handlers.understanding import sentences
from handlers.understanding.sentences import Correction

_HOUSE = re.compile(r"\d+号(?:楼|院)?")


def read(steps: Sequence[Step], answers: Answers, said: Said, *, plain: bool) -> Answers | None:
    """The answers that a correction gives; None when it is none, or nothing that was asked before.

    Where people tell a story (`plain`) only what says that something was wrong, or names it, is one.
    """
    text = readers.plain(said.text)
    found = sentences.READER.correction(text) if not plain or sentences.READER.says(text, "mistake") else None
    if found is None:
        return None
    for step in _candidates(steps, answers, found):
        known = step.read(Said(text=_put_right(answers.get(step.name, ""), found)))
        if known is not None:
            return known
    return None


def _put_right(old: str, found: Correction) -> str:
    """The answer with what is wrong in it replaced; all of it where no part is named."""
    value = found.value
    if found.old and found.old in old:
        before, _, behind = old.partition(found.old)
        return before + value + ("" if value.endswith(behind) else behind)
    return _HOUSE.sub(value, old, count=1) if _HOUSE.fullmatch(value) and _HOUSE.search(old) else value


def _candidates(steps: Sequence[Step], answers: Answers, found: Correction) -> list[Step]:
    """The answer that is named; else the one that holds what was wrong or is most like the value, the last of several.

    A story is not replaced by a few words that do not name it: they are kept beside it.
    """
    by_name = {step.name: step for step in steps}
    if found.answer:
        return [by_name[found.answer]] if found.answer in by_name else []
    if readers.telephone_in(found.value):
        return [by_name["phone"]] if answers.get("phone") else []
    current = open_step(steps, answers)
    before = steps[: steps.index(current)] if current else steps
    given = [step for step in reversed(before) if answers.get(step.name) and step.name not in ("category", "pictures")]
    alike = max(given, key=lambda step: _likeness(found, answers[step.name]), default=None)
    replaces = alike and (alike.name != "problem" or (found.old and found.old in answers["problem"]))
    return [*([alike] if alike and replaces else []), *([current] if current and current.name not in STORIES else [])]


def _likeness(found: Correction, old: str) -> float:
    """From 0 on: characters that both have, a house number in both, the very words that are said to be wrong."""
    shared = len({*found.value} & {*old}) / len({*found.value} | {*old})
    houses = bool(_HOUSE.search(found.value) and _HOUSE.search(old))
    return shared + houses + 2 * bool(found.old and found.old in old)
