"""What must come of a labelled conversation: each kind is played by somebody new and gives its verdicts."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from content.knowledge import ENTRIES
from tests.conversations.citizen import Case, Citizen, asked, head
from tests.conversations.labels import Label

DOUBTED = "现在有人正在发病或有危险吗"
"""How the account asks whether there is danger now."""
UNANSWERED, NOT_LISTED = "答不上来", "没有查到"
IDENTITY = {"姓名": "named", "电话": "phone"}
"""What is stored when one of these questions was not refused."""
VALUES = ("merchant", "address", "name", "phone", "contact")
"""Fields that hold words as they were typed."""
ROUND = {"merchant": 6, "name": 0, "phone": 0}
"""So many characters may stand around what is expected in these fields: a sentence is no name."""
OPENING = 16
"""So many characters of an entry's answer tell it from the others."""


@dataclass(frozen=True)
class Verdict:
    """Whether one thing came as it must."""

    measure: str
    good: bool
    expected: Any = ""
    got: Any = ""


@dataclass
class Scene:
    """A message in its context: what was there before it, what came of it."""

    citizen: Citizen
    label: Label
    before: list[Case]
    step: str
    letters: int
    answer: str = ""
    cases: list[Case] = field(default_factory=list)

    @property
    def text(self) -> str:
        return str(self.label["text"])

    @property
    def more(self) -> list[Case]:
        """Those that were stored since."""
        return self.cases[len(self.before) :]

    @property
    def wrote(self) -> int:
        """Letters since."""
        return self.citizen.bureau.letters() - self.letters

    def calls(self) -> int:
        return sum(case.called for case in self.cases) - sum(case.called for case in self.before)


def play(citizen: Citizen, label: Label) -> Scene:
    """The turns of the context, then the message."""
    for turn in label.get("context", ()):
        citizen.play(turn)
    scene = Scene(citizen, label, citizen.cases(), citizen.question(), citizen.bureau.letters())
    scene.answer = citizen.play(scene.text)
    scene.cases = citizen.cases()
    return scene


# Remarks


def remark(citizen: Citizen, label: Label) -> Iterator[Verdict]:
    scene = play(citizen, label)
    if "step" in label:
        yield Verdict("context led elsewhere", scene.step == label["step"], label["step"], scene.step)
    yield Verdict("asked whether there is danger", DOUBTED not in scene.answer)
    begun, further = asked(scene.answer), len(scene.more)
    citizen.finish()
    scene.cases = citizen.cases()
    yield Verdict("false call", not scene.calls(), "no call", f"{scene.calls()} calls")
    yield Verdict("false letter", not scene.wrote, "no letter", f"{scene.wrote} letters")
    if "as" in label:
        good = READINGS[label["as"]](scene, begun, further)
        yield Verdict("misread", good, (label["as"], label.get("is", "")), _got(scene, begun))


def _got(scene: Scene, begun: str) -> Any:
    stored = {name: value for name, value in scene.cases[-1].fields.items() if value} if scene.cases else {}
    return {"asks": begun, "cases": len(scene.cases), "last": stored}


def _taken(scene: Scene) -> bool:
    """Whether the words stand somewhere as if they were a value."""
    return any(scene.text in str(case.fields[name]) for case in scene.cases for name in VALUES)


def _aside(scene: Scene, begun: str, further: int) -> bool:
    """The talk stays where it was, none is begun, and the words are no value."""
    return begun == scene.step and not further and not _taken(scene)


def _stop(scene: Scene, begun: str, further: int) -> bool:
    return not begun and not further


def _refusal(scene: Scene, begun: str, further: int) -> bool:
    """The question is left, and nobody is named by it."""
    named = scene.step in IDENTITY and any(case.fields[IDENTITY[scene.step]] for case in scene.more)
    return begun != scene.step and not named and not _taken(scene)


def _objection(scene: Scene, begun: str, further: int) -> bool:
    """No value; whether it can be left is for the law to say."""
    return not _taken(scene)


def _given(scene: Scene, begun: str, further: int) -> bool:
    return any(all(matches(case, name, value) for name, value in scene.label["is"].items()) for case in scene.cases)


def _fact(scene: Scene, begun: str, further: int) -> bool:
    """Staff read it, and it made no case of its own beside one that was there."""
    reached = any(found(scene.label.get("says", scene.text), case.open) for case in scene.cases)
    return reached and not (scene.before and further)


def _handed_in(scene: Scene, begun: str, further: int) -> bool:
    return further == 1 and not begun


def _begins(kind: str) -> Callable[[Scene, str, int], bool]:
    return lambda scene, begun, further: any(case.fields["kind"] == kind for case in scene.more)


def _speaks_of(*words: str) -> Callable[[Scene, str, int], bool]:
    return lambda scene, begun, further: _aside(scene, begun, further) and any(word in scene.answer for word in words)


READINGS: dict[str, Callable[[Scene, str, int], bool]] = {
    "refusal": _refusal,
    "objection": _objection,
    "stop": _stop,
    "question": _aside,
    "thanks": _aside,
    "sticker": _aside,
    "wait": _aside,
    "answer": _given,
    "correction": _given,
    "submit": _handed_in,
    "fact": _fact,
    "report": _begins("report"),
    "complaint": _begins("complaint"),
    "progress": _speaks_of("SA20"),
    "withdrawal": _speaks_of("撤回"),
    "human": _speaks_of("12315", "电话"),
}


# Dangers and letters


def emergency(citizen: Citizen, label: Label) -> Iterator[Verdict]:
    scene = play(citizen, label)
    doubted = DOUBTED in scene.answer
    if doubted:
        citizen.play("是")
        scene.cases = citizen.cases()
    urgent = [case for case in scene.cases if case.fields["urgent"]]
    numbers = label["call"] if isinstance(label["call"], list) else [label["call"]]
    told = any(number in head(scene.answer) for number in numbers)
    yield Verdict("missed danger", told and bool(urgent), label["call"], f"told: {told}, stored: {len(urgent)}")
    yield Verdict("not called", any(case.called for case in scene.cases))
    yield Verdict("asked whether there is danger", not doubted)
    yield Verdict("several cases of one danger", len(urgent) < 2, 1, len(urgent))
    wanted = int(label.get("official", False))
    measure = "missed letter" if wanted else "false letter"
    yield Verdict(measure, scene.wrote == wanted, wanted, scene.wrote)


def letter(citizen: Citizen, label: Label) -> Iterator[Verdict]:
    scene = play(citizen, label)
    wanted = label["letter"]
    measure = "missed letter" if wanted else "false letter"
    yield Verdict(measure, scene.wrote == wanted, int(wanted), scene.wrote)
    if wanted:
        citizen.finish()
        longest = max(re.split(r"[，。！\s]+", scene.text), key=len)
        leaked = any(found(longest, case.open + case.sealed) for case in citizen.cases())
        yield Verdict("letter shown in a case", not leaked)


# Talks


def talk(citizen: Citizen, label: Label) -> Iterator[Verdict]:
    letters = citizen.bureau.letters()
    for turn in label["turns"]:
        citizen.play(turn)
    cases, stored = citizen.cases(), label["stored"]
    yield Verdict("number of submissions", len(cases) == len(stored), len(stored), len(cases))
    calls, wanted = sum(case.called for case in cases), label.get("calls", 0)
    yield Verdict("calls", calls == wanted, wanted, calls)
    wrote, wanted = citizen.bureau.letters() - letters, label.get("letters", 0)
    yield Verdict("letters", wrote == wanted, wanted, wrote)
    left = list(cases)
    for expected in stored:
        case = max(left, key=lambda one: _likeness(one, expected), default=None)
        if case is not None:
            left.remove(case)
        yield from _stored(case, expected, "\n".join(one.open + one.sealed for one in cases))
    questions = Counter(asked(answer) for answer in citizen.answers)
    for step, most in [(step, 1) for step in label.get("asked_once", ())] + [(s, 0) for s in label.get("unasked", ())]:
        yield Verdict("unwanted repeat", questions[step] <= most, f"{step} {most}", questions[step])


def _fields(expected: Label) -> dict[str, Any]:
    return {name: value for name, value in expected.items() if name not in ("says", "hides")}


def _likeness(case: Case, expected: Label) -> int:
    return sum(matches(case, name, value) for name, value in _fields(expected).items())


def _stored(case: Case | None, expected: Label, everything: str) -> Iterator[Verdict]:
    for name, value in _fields(expected).items():
        good = case is not None and matches(case, name, value)
        yield Verdict("wrong field", good, f"{name} {value}", case and case.fields[name])
    for words in expected.get("says", ()):
        kept = found(words, everything)
        yield Verdict("lost sentence", kept, words)
        yield Verdict("sentence elsewhere", not kept or (case is not None and found(words, case.open)), words)
    for words in expected.get("hides", ()):
        yield Verdict("shown though private", case is None or not found(words, case.open), f"not {words}")


def matches(case: Case, name: str, value: Any) -> bool:
    """Whether a field is as expected: one of a list, words that stand in it, '' for nothing, else the very value."""
    if isinstance(value, list):
        return any(matches(case, name, one) for one in value)
    stored = case.fields[name]
    if not isinstance(value, str) or not value:
        return bool(stored == value)
    return found(value, stored) and len("".join(stored.split())) - len(value) <= ROUND.get(name, len(stored))


def found(words: str, text: str) -> bool:
    """Whether words stand in a text, whatever is between them."""
    return "".join(words.split()) in "".join(text.split())


# Questions


def question(citizen: Citizen, label: Label) -> Iterator[Verdict]:
    scene = play(citizen, label)
    code, wanted = _entry(scene.answer), label["entry"]
    wanted = wanted if isinstance(wanted, list) else [wanted]
    quiet = not (code or asked(scene.answer) or scene.more or scene.wrote or NOT_LISTED in scene.answer)
    honest = UNANSWERED in head(scene.answer, 2) or (None in wanted and quiet)
    right = code in wanted or bool(code and "about" in label and label["about"] in ENTRIES[code].question)
    yield Verdict("wrong answer", right or honest, label["entry"], code or "no entry")
    yield Verdict("unanswered though known", not honest or None in wanted, label["entry"])


def _entry(answer: str) -> str:
    """The code of the entry that was answered; '' for none."""
    first = head(answer, 1)
    return next((code for code, one in ENTRIES.items() if one.question == first or one.answer[:OPENING] in answer), "")


JUDGES: dict[str, Callable[[Citizen, Label], Iterator[Verdict]]] = {
    "remarks": remark,
    "emergencies": emergency,
    "letters": letter,
    "talks": talk,
    "questions": question,
}
