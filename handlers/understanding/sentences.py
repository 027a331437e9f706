"""What is said in a sentence of one's own (`content/understanding/sentences.toml`): which one a text holds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from content.understanding import sentences
from content.understanding.sentences import Name, Part, Sentences

_MARKS = r"[\s,，。.!！:：;；、]*+"
_OLD = r"(?P<old>[^,，。\s]{1,20}?)(?<!不)"
_VALUE = r"(?P<value>(?s:.+))"


@dataclass(frozen=True)
class Correction:
    """What somebody puts right: the name of the answer that they mean, '' when they name none, and what it becomes."""

    answer: str
    value: str
    old: str = ""


class Reader:
    """Knows the sentences of a table."""

    def __init__(self, table: Sentences) -> None:
        self._called = table.called
        self._named = {name: f"(?:{_any(words)})" for name, words in table.shared.items()} | {
            "lead": f"(?:(?:{_any(table.lists.lead)}){_MARKS})*+",
            "answer": f"(?P<answer>{_any(self._called)})",
            "old": _OLD,
            "value": _VALUE,
        }
        self._patterns = [(one.name, re.compile(self._pattern(one.parts))) for one in table.sentence]

    def _pattern(self, parts: tuple[Part, ...]) -> str:
        first = r"\A" if isinstance(parts[0], int) else ""
        last = r"\Z" if isinstance(parts[-1], int) else ""
        return first + "".join(self._pieces(parts)) + last

    def _pieces(self, parts: tuple[Part, ...]) -> Iterator[str]:
        for part, next in pairwise((*parts, 0)):
            yield f".{{0,{part}}}" if isinstance(part, int) else self._piece(part)
            if not isinstance(part, int) and not isinstance(next, int):
                yield _MARKS

    def _piece(self, part: str | tuple[str, ...]) -> str:
        return self._named[part] if isinstance(part, str) else f"(?:{_any(part)})"

    def _found(self, text: str, name: Name) -> Iterator[re.Match[str]]:
        return filter(None, (pattern.search(text) for its, pattern in self._patterns if its == name))

    def says(self, text: str, name: Name) -> bool:
        """Whether the text holds a sentence of this name."""
        return next(self._found(text, name), None) is not None

    def correction(self, text: str) -> Correction | None:
        """What the text puts right; None when it is no correction."""
        found = next(self._found(text, "correction"), None)
        if found is None:
            return None
        parts = found.groupdict()
        called = self._called.get(parts.get("answer", ""), "")
        return Correction(called, parts["value"].strip(" ,，。的了啊"), parts.get("old", ""))


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest that stands there."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


READER = Reader(sentences.SENTENCES)
