"""How well and how fast the knowledge base answers questions it was not made from.

python -m benchmarks.knowledge
"""

import statistics
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from content.knowledge import ENTRIES
from content.knowledge.index import nearest, search

QUESTIONS = Path(__file__).parents[1] / "tests" / "content" / "knowledge"
SETS = {
    "questions": "tuned on",
    "questions_unseen": "never tuned on",
    "questions_fresh": "never tuned on, some unknown",
}
ROUNDS = 5


def asked(name: str) -> Iterator[tuple[str, str]]:
    """(code of the entry that is meant, question) of a set."""
    table = tomllib.loads((QUESTIONS / f"{name}.toml").read_text(encoding="utf-8"))
    return ((code, text) for code, texts in table.items() for text in texts)


def told(code: str, text: str) -> str:
    """What becomes of a question that means this entry: `unknown` is one that no entry answers, and none tries to."""
    meant = ENTRIES.get(code)
    if found := search(text):
        return "answered" if found[0] is meant else "wrong"
    return "offered" if meant in nearest(text) else "open" if meant else "unknown"


def _timed(text: str) -> float:
    """Microseconds of one search."""
    began = time.perf_counter()
    search(text)
    return (time.perf_counter() - began) * 1e6


def main() -> None:
    for name, kind in SETS.items():
        counted = Counter(told(code, text) for code, text in asked(name))
        shares = ", ".join(f"{what} {times}" for what, times in counted.most_common())
        print(f"{name} ({kind}): {counted.total()} questions, {shares}")
    took = [min(_timed(text) for _ in range(ROUNDS)) for name in SETS for _, text in asked(name)]
    slow = statistics.quantiles(took, n=100)[98]
    print(f"{len(ENTRIES)} entries: median {statistics.median(took):.0f} µs, 99th percentile {slow:.0f} µs a search")


if __name__ == "__main__":
    main()
