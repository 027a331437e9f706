"""How well and how fast the knowledge base answers questions it was not made from.

python -m benchmarks.knowledge
"""

import statistics
import time
import tomllib
from pathlib import Path

from content.knowledge import ENTRIES
from content.knowledge.index import search

QUESTIONS = Path(__file__).parents[1] / "tests" / "content" / "knowledge"
SETS = {"tuned on": "questions.toml", "never tuned on": "questions_unseen.toml"}
ROUNDS = 5


def _timed(text: str) -> float:
    """Microseconds of one search."""
    began = time.perf_counter()
    search(text)
    return (time.perf_counter() - began) * 1e6


def main() -> None:
    texts = []
    for name, file in SETS.items():
        table = tomllib.loads((QUESTIONS / file).read_text(encoding="utf-8"))
        asked = [(code, text) for code, some in table.items() for text in some]
        found = [[entry.code for entry in search(text)] for _, text in asked]
        first = sum(codes[:1] == [code] for (code, _), codes in zip(asked, found, strict=True))
        among = sum(code in codes for (code, _), codes in zip(asked, found, strict=True))
        n, none = len(asked), sum(not codes for codes in found)
        print(f"{name}: {n} questions, first {first / n:.1%}, among three {among / n:.1%}, nothing {none / n:.1%}")
        texts += [text for _, text in asked]
    took = [min(_timed(text) for _ in range(ROUNDS)) for text in texts]
    slow = statistics.quantiles(took, n=100)[98]
    print(f"{len(ENTRIES)} entries: median {statistics.median(took):.0f} µs, 99th percentile {slow:.0f} µs a search")


if __name__ == "__main__":
    main()
