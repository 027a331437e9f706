"""How well free text is understood, and how fast.

    python -m benchmarks.recognition               messages that nothing was learned from (tests/recognition)
    python -m benchmarks.recognition --open        the messages that the weights were learned from
    python -m benchmarks.recognition FILE          JSON Lines with text, intent and, where labelled, merchant …, such as
                                                   tests/recognition/fresh.jsonl, from which nothing was learned either

For every intent precision, recall, F1 and count; who was taken for whom; the names found; the time a message takes.
Of danger how often it was certain, doubtful and none, where it was and where it was not.
"""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from content.understanding.recognition import INTENTS
from handlers.understanding.danger import Level
from handlers.understanding.recognition import Recognition, recognise

FOLDER = Path(__file__).parents[1] / "tests" / "recognition"
HELD_OUT, OPEN = FOLDER / "held_out.jsonl", FOLDER / "open.jsonl"
FIELDS = ("merchant", "place")


def dangerous(row: dict[str, Any]) -> bool:
    """Whether a labelled message or remark names danger to a person now."""
    return bool(row.get("danger", row.get("intent") == "emergency"))


class Score(NamedTuple):
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if any(self) else 0.0


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def table(pairs: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How often each intent (first) was taken for each (second)."""
    return Counter(pairs)


def score(counts: Counter[tuple[str, str]], intent: str) -> Score:
    hit = counts[intent, intent]
    told = sum(count for (_, guess), count in counts.items() if guess == intent)
    true = sum(count for (label, _), count in counts.items() if label == intent)
    return Score(hit / told if told else 0.0, hit / true if true else 0.0)


def macro_f1(counts: Counter[tuple[str, str]]) -> float:
    return statistics.mean(score(counts, intent).f1 for intent in INTENTS)


def named(pairs: Iterable[tuple[str, str]]) -> Score:
    """How many of the names told (second) are right, and how many of those that stand there (first) were found."""
    given = list(pairs)
    hit = sum(bool(label) and label == guess for label, guess in given)
    told, true = sum(bool(guess) for _, guess in given), sum(bool(label) for label, _ in given)
    return Score(hit / told if told else 0.0, hit / true if true else 0.0)


def report(counts: Counter[tuple[str, str]]) -> None:
    print(f"{'':12}{'precision':>10}{'recall':>10}{'F1':>10}{'count':>8}   taken for")
    for intent in INTENTS:
        one = score(counts, intent)
        others = {guess: count for (label, guess), count in counts.items() if label == intent}
        taken = ", ".join(f"{guess} {others[guess]}" for guess in INTENTS if guess != intent and guess in others)
        total = sum(others.values())
        print(f"{intent:12}{one.precision:>10.3f}{one.recall:>10.3f}{one.f1:>10.3f}{total:>8}   {taken}")
    print(f"macro-F1 {macro_f1(counts):.4f}, emergency recall {score(counts, 'emergency').recall:.4f}")


def report_danger(judged: Iterable[tuple[bool, Level]]) -> None:
    """How often danger was certain, doubtful and none, where it was and where it was not."""
    counts = Counter(judged)
    for real, called in ((False, "no danger"), (True, "danger")):
        total = sum(counts[real, level] for level in Level)
        told = (f"{level.name.lower()} {counts[real, level] / max(1, total):.1%}" for level in reversed(Level))
        print(f"{called:12}", *told, f"of {total}")


def timed(text: str) -> tuple[Recognition, float]:
    """What was understood, and the milliseconds it took."""
    began = time.perf_counter()
    found = recognise(text)
    return found, (time.perf_counter() - began) * 1e3


def is_report(row: dict[str, Any]) -> bool:
    """Whether it is a report that was filed under a category."""
    return row.get("intent", "report") == "report" and bool(row.get("category"))


def main() -> None:
    arguments = sys.argv[1:]
    path = OPEN if arguments == ["--open"] else Path(arguments[0]) if arguments else HELD_OUT
    labelled = rows(path)
    answers = [timed(row["text"]) for row in labelled]
    found = [one for one, _ in answers]
    print(f"{len(labelled)} messages of {path.name}")
    report(table((row["intent"], one.intent) for row, one in zip(labelled, found, strict=True)))
    report_danger((dangerous(row), one.danger.level) for row, one in zip(labelled, found, strict=True))
    for field in FIELDS:
        one = named((row[field], getattr(one, field)) for row, one in zip(labelled, found, strict=True) if field in row)
        print(f"{field:12} precision {one.precision:.3f}  recall {one.recall:.3f}  F1 {one.f1:.3f}")
    urgent = [(row["urgent"], one.urgent) for row, one in zip(labelled, found, strict=True) if "urgent" in row]
    category = [(row["category"], one.category) for row, one in zip(labelled, found, strict=True) if "category" in row]
    reports = [(row["category"], one.category) for row, one in zip(labelled, found, strict=True) if is_report(row)]
    for name, pairs in (("urgent", urgent), ("category", category), ("of reports", reports)):
        print(f"{name:12} right {sum(label == guess for label, guess in pairs) / max(1, len(pairs)):.3f}")
    times = sorted(took for _, took in answers)
    print(f"milliseconds a message: median {statistics.median(times):.3f}, p99 {times[int(len(times) * 0.99)]:.3f}")


if __name__ == "__main__":
    main()
