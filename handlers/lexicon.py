"""Many words looked up in one pass over a text.

A word may hold marks: ``…`` up to eight characters of the same sentence (``退…钱``), ``#`` a number (``#个人``),
``$`` at its end the end of a clause (``能退不$``), ``^`` at its beginning the beginning of one.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

NUMERALS = "0123456789一二两三四五六七八九十百千万几半数多"
_MARKS = {
    "…": r"[^。!?;\n]{0,8}?",
    "#": f"[{NUMERALS}]{{1,6}}",
    "$": r"(?=[,。!?;:~、\n)”\"]|\Z)",
}
_MARK = re.compile("[…#$]")
_BREAKS = frozenset(',。!?;:、\n(“"')


class Mention(NamedTuple):
    """A word found at ``start:end``, and the name it was listed under."""

    name: str
    word: str
    start: int
    end: int


class Lexicon:
    """Lists of words under names. A text is walked once, however many words there are."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._root: dict[str, Any] = {}
        for name, words in lists.items():
            for word in words:
                for head in NUMERALS if word.startswith("#") else [""]:
                    self._add(name, word, head)

    def _add(self, name: str, word: str, head: str) -> None:
        """`head` stands for a number at the beginning of the word."""
        bare = word.removeprefix("^")
        mark = _MARK.search(bare, 0 if not head else 1)
        literal = head + bare[len(head) : mark.start() if mark else None]
        node = self._root
        for character in literal[:1] if head else literal:
            node = node.setdefault(character, {})
        rest = f"[{NUMERALS}]{{0,5}}{_pattern(bare[1:])}" if head else _pattern(bare[mark.start() :]) if mark else ""
        node.setdefault("", []).append((name, word, re.compile(rest) if rest else None, word.startswith("^")))

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in order of its start, also those within others."""
        found: list[Mention] = []
        for start in range(len(text)):
            node: dict[str, Any] | None = self._root
            end = start
            while node and end < len(text) and (node := node.get(text[end])):
                end += 1
                for name, word, rest, first in node.get("", ()):
                    if first and start and text[start - 1] not in _BREAKS:
                        continue
                    if rest is None:
                        found.append(Mention(name, word, start, end))
                    elif behind := rest.match(text, end):
                        found.append(Mention(name, word, start, behind.end()))
        return found


def longest(mentions: list[Mention]) -> list[Mention]:
    """Without those that stand within a longer one: 毒 is no mention of its own in 中毒."""
    kept: list[Mention] = []
    end = 0
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if mention.end > end or (kept and (mention.start, mention.end) == (kept[-1].start, kept[-1].end)):
            kept.append(mention)
            end = mention.end
    return kept


def _pattern(word: str) -> str:
    return "".join(_MARKS.get(character) or re.escape(character) for character in word)
