"""Many words looked up in one pass over a text.

A word may hold marks: ``…`` up to eight characters of the same sentence (``退…钱``), ``#`` a number (``#个人``),
``$`` at its end the end of a clause (``能退不$``), ``×话`` at its end that no 话 follows (``家电×话`` is not in
厂家电话), ``^`` at its beginning the beginning of a clause. A number is read from its first digit: 120 is not in 5120.
How a word is meant that was found, as it stands, denied (没有中毒) or only supposed (如果中毒), `negation` tells.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

NUMERALS = "0123456789一二两三四五六七八九十百千万几半数多"
_DIGITS = frozenset("0123456789")
_MARKS = {
    "…": r"[^。!?;\n]{0,8}?",
    "#": f"[{NUMERALS}]{{1,6}}",
    "$": r"(?=[,。!?;:~、\n)”\"]|\Z)",
}
_MARK = re.compile("[…#$×]")
_NUMBER = re.compile(_MARKS["#"])
_BREAKS = frozenset(',。!?;:、\n(“"')


OFTEN = 8
"""Mentions of one name that are looked at."""
WINDOW = 12
"""Characters before and after a word that decide how it is meant."""
_DENIAL = re.compile(
    r"(?:(?<!有)没有|(?<![有没])没|并没|并未|未|无|不是|并非|不算|不用|不|别|否认|差点儿?|差一点|险些|幸亏没)"
    r"(?:人|谁|任何|什么|啥|出现|发生|发现|明显|过|感觉|感到|觉得|再|一个|至于|会|到|算|吃|喝|叫|打|喊|被|把|给|就)*$"
)
_DENIAL_BEHIND = re.compile(
    r"(?:过|了|的|倒|是|都|这|种|现象|情况|症状|问题)*(?:倒|是|都|也)?(?<!有)没有(?![^,。!?;]{0,2}人管)"
)
_SUPPOSITION = re.compile(
    r"(?:如果|要是|假如|假设|万一|倘若|若是|假使|一旦|比如|譬如|迟早|早晚|非要等|非得等|再不管|再不查|再不来|演习|演练)[^。!?;\n]*$"
    r"|(?:会不会|怕(?!是)|担心|以免|免得|避免|防止|预防|当心|小心|容易|可能会|能不能|是否会|会导致|会引起|会造成)[^,。!?;\n]{0,4}$"
)


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
        self._numbered: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {}
        for name, words in lists.items():
            for word in words:
                if word.startswith("#"):
                    behind = word[1:2] if word[1:2] not in _MARKS else ""
                    self._numbered.setdefault(behind, []).append((name, word, re.compile(_pattern(word))))
                else:
                    self._add(name, word)

    def _add(self, name: str, word: str) -> None:
        bare = word.removeprefix("^")
        mark = _MARK.search(bare)
        node = self._root
        for character in bare[: mark.start() if mark else None]:
            node = node.setdefault(character, {})
        rest = re.compile(_pattern(bare[mark.start() :])) if mark else None
        node.setdefault("", []).append((name, word, rest, word.startswith("^")))

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in order of its start, also those within others. A number begins at its first digit."""
        found: list[Mention] = []
        for start, character in enumerate(text):
            before = text[start - 1] if start else "\n"
            if character in _DIGITS and before in _DIGITS:
                continue
            if character in NUMERALS and before not in NUMERALS:
                found += self._of_number(text, start)
            node, end = self._root.get(character), start
            while node is not None:
                end += 1
                for name, word, rest, first in node.get("", ()):
                    if first and before not in _BREAKS:
                        continue
                    if rest is None:
                        found.append(Mention(name, word, start, end))
                    elif behind := rest.match(text, end):
                        found.append(Mention(name, word, start, behind.end()))
                node = node.get(text[end]) if end < len(text) else None
        return found

    def _of_number(self, text: str, start: int) -> Iterator[Mention]:
        """What begins with the number that begins here: only words that may go on behind one of its digits."""
        number = _NUMBER.match(text, start)
        behind = text[start + 1 : number.end() + 1] if number else ""
        for character in dict.fromkeys(["", *behind]):
            for name, word, pattern in self._numbered.get(character, ()):
                if found := pattern.match(text, start):
                    yield Mention(name, word, start, found.end())


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) + ")"


def first_few(mentions: list[Mention]) -> list[Mention]:
    """At most OFTEN of each name: what is said over and over is no other fact."""
    seen: Counter[str] = Counter()
    kept: list[Mention] = []
    for mention in mentions:
        if seen[mention.name] < OFTEN:
            seen[mention.name] += 1
            kept.append(mention)
    return kept


def longest(mentions: list[Mention]) -> list[Mention]:
    """Without those that stand within a longer one: 毒 is no mention of its own in 中毒."""
    kept: list[Mention] = []
    end = 0
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if mention.end > end or (kept and (mention.start, mention.end) == (kept[-1].start, kept[-1].end)):
            kept.append(mention)
            end = mention.end
    return kept


def denied(text: str, mention: Mention) -> bool:
    """Whether a denial stands right before or behind the word."""
    before = text[max(0, mention.start - WINDOW) : mention.start]
    return bool(_DENIAL.search(before) or _DENIAL_BEHIND.match(text[mention.end : mention.end + WINDOW]))


def supposed(text: str, mention: Mention) -> bool:
    """Whether the word follows an if of the same sentence, or a fear."""
    return bool(_SUPPOSITION.search(text[max(0, mention.start - 4 * WINDOW) : mention.start]))


def negation(text: str, mention: Mention) -> str:
    """``""``, ``:denied`` or ``:supposed``."""
    if supposed(text, mention):
        return ":supposed"
    return ":denied" if denied(text, mention) else ""


def _pattern(word: str) -> str:
    word, _, foreign = word.partition("×")
    return "".join(_MARKS.get(character) or re.escape(character) for character in word) + (
        f"(?!{re.escape(foreign)})" if foreign else ""
    )
