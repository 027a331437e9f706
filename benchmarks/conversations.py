"""How those are served who talk as people do in WeChat: labelled conversations through the signed webhook.

Every line of tests/conversations is played by somebody new. Of what was written before the service was tuned and kept
from whoever tunes it, only figures are printed.

    python -m benchmarks.conversations                 faults of each measure, the open part beside the held-out one
    python -m benchmarks.conversations --show remarks  the faults of the open part: expected, got, the last answer
"""

import argparse
from collections import Counter
from dataclasses import dataclass

from benchmarks.judges import JUDGES, Verdict
from tests.conversations.citizen import Bureau, bureau
from tests.conversations.labels import PARTS, Label, scored

ANSWER = 160
"""Characters of an answer that are shown."""


@dataclass(frozen=True)
class Judged:
    """A line, the verdicts on it, and the answer to its last turn."""

    label: Label
    verdicts: list[Verdict]
    answer: str


def judged(office: Bureau, kind: str, labels: list[Label]) -> list[Judged]:
    """Play each line as somebody new."""
    some = []
    for label in labels:
        citizen = office.citizen()
        verdicts = list(JUDGES[kind](citizen, label))
        last = -1 if kind == "talks" else len(label.get("context", ()))
        some.append(Judged(label, verdicts, citizen.answers[last]))
    return some


def figures(some: list[Judged]) -> dict[str, tuple[int, int]]:
    """For each measure, how often it was missed and how often it was looked at."""
    verdicts = [verdict for one in some for verdict in one.verdicts]
    total = Counter(verdict.measure for verdict in verdicts)
    bad = Counter(verdict.measure for verdict in verdicts if not verdict.good)
    return {measure: (bad[measure], total[measure]) for measure in total}


def report(kind: str) -> None:
    """The faults of a kind, the parts side by side."""
    parts = {}
    for part in PARTS:
        with bureau() as office:
            parts[part] = judged(office, kind, scored(kind, part))
    print(f"{kind:32}" + "".join(f"{f'{part} ({len(some)})':>22}" for part, some in parts.items()))
    counts = [figures(some) for some in parts.values()]
    for measure in dict.fromkeys(measure for one in counts for measure in one):
        cells = [one.get(measure, (0, 0)) for one in counts]
        print(f"  {measure:30}" + "".join(f"{_share(*cell):>22}" for cell in cells))


def _share(bad: int, total: int) -> str:
    return f"{bad} of {total} {bad / total:7.1%}" if total else "-"


def show(kind: str) -> None:
    """The faults of the open part."""
    with bureau() as office:
        some = judged(office, kind, scored(kind, "open"))
    for one in some:
        faults = [verdict for verdict in one.verdicts if not verdict.good]
        if faults:
            print(one.label.get("turns") or [*one.label.get("context", ()), one.label["text"]])
            print(f"    answered: {' / '.join(one.answer.split())[:ANSWER]}")
        for verdict in faults:
            print(f"    {verdict.measure}: expected {verdict.expected!r}, got {verdict.got!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description="How labelled conversations are served.")
    parser.add_argument("--show", choices=JUDGES, help="the faults of this kind in the open part")
    wanted = parser.parse_args().show
    if wanted:
        show(wanted)
        return
    for kind in JUDGES:
        report(kind)


if __name__ == "__main__":
    main()
