"""Many words looked up in one pass over a text."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

GAP = "…"
"""Stands in a word for up to eight characters of the same sentence: 退…钱 finds 退我的钱."""
_BETWEEN = "[^。!?;\n]{0,8}?"


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
                self._add(name, word)

    def _add(self, name: str, word: str) -> None:
        parts = word.split(GAP)
        node = self._root
        for character in parts[0]:
            node = node.setdefault(character, {})
        rest = re.compile(_BETWEEN.join(map(re.escape, ("", *parts[1:])))) if len(parts) > 1 else None
        node.setdefault("", []).append((name, word, rest))

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in order of its start, also those within others."""
        found: list[Mention] = []
        for start in range(len(text)):
            node: dict[str, Any] | None = self._root
            end = start
            while node and end < len(text) and (node := node.get(text[end])):
                end += 1
                for name, word, rest in node.get("", ()):
                    if rest is None:
                        found.append(Mention(name, word, start, end))
                    elif behind := rest.match(text, end):
                        found.append(Mention(name, word, start, behind.end()))
        return found
