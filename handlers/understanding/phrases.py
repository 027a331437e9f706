"""What a short message says as a whole: a refusal, wanting to stop, thanks (`content/understanding/phrases.toml`)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from content.understanding.phrases import PHRASES
from handlers.understanding.lexicon import Lexicon
from handlers.understanding.normal import read

LONGEST = 24
"""Characters. Who writes more tells something."""
GAP = 6
"""Characters that an … may stand for."""
SHORT = 16
"""Characters of an answer in which a word decides, whatever stands around it."""
MARKS = "…#$^×"
"""What stands in a word for something else (`lexicon`)."""
_DENIED = re.compile("(?:不|别|没|甭|勿)(?:想|要|能|敢|用|愿意|方便|给我|再|让|急着)*$")
WILLING = {"human", "submit", "agree"}
"""What somebody wants who does not deny it: 不想接电话."""
_UNSAID = re.compile(r"[\s,。.!！~～;；:、\"'“”‘’()\[\]【】「」《》<>·\-—_*]+")
_ASKED = re.compile("[?？]+")


def _plain(text: str) -> str:
    """Without what is not spoken: spaces, marks, the brackets that the account puts around its words."""
    plain = _UNSAID.sub("", read(text).text)
    return _ASKED.sub("", plain) or plain


class _Words:
    """Words, some with a gap, and what each stands for; `None` is a filler."""

    def __init__(self, listed: Iterable[tuple[str, str | None]]) -> None:
        self._whole: dict[str, set[str | None]] = defaultdict(set)
        self._gapped: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
        for word, name in listed:
            head, *tail = map(_plain, word.split("…"))
            if tail:
                self._gapped[head[:1]].append((head, tail[0], name))
            else:
                self._whole[head].add(name)
        self._longest = max(map(len, self._whole))

    def at(self, text: str, start: int) -> Iterator[tuple[int, str | None]]:
        """Where each word ends that begins there, and what it stands for."""
        for end in range(start + 1, min(start + self._longest, len(text)) + 1):
            for name in self._whole.get(text[start:end], ()):
                yield end, name
        for head, tail, name in (*self._gapped[""], *self._gapped[text[start]]):
            if text.startswith(head, start):
                first = start + len(head)
                for gap in range(first, min(first + GAP, len(text) - len(tail)) + 1):
                    if text.startswith(tail, gap):
                        yield gap + len(tail), name


_WORDS = _Words(
    (*((word, None) for word in PHRASES.fillers), *((word, one.name) for one in PHRASES.phrase for word in one.words))
)


_ALONE = {one.name for one in PHRASES.phrase if one.alone}


@lru_cache(maxsize=1024)
def meant(text: str) -> frozenset[str]:
    """The names of the phrases that the message is, and nothing besides; none for a longer one.

    Each begun name is carried along the text over fillers and further words of its own.
    """
    plain = _plain(text)
    if not plain or len(plain) > LONGEST:
        return frozenset()
    begun: list[set[str | None]] = [{None}, *(set() for _ in plain)]
    for start in range(len(plain)):
        for end, name in _WORDS.at(plain, start) if begun[start] else ():
            if name is None:
                begun[end] |= begun[start]
            elif begun[start] & {None, name} and (name not in _ALONE or (start, end) == (0, len(plain))):
                begun[end].add(name)
    return frozenset(name for name in begun[-1] if name)


def _marked(word: str) -> str:
    """A word in plain form, its marks as they stand."""
    return "".join(part if part in MARKS else read(part).text for part in re.split(f"([{MARKS}])", word))


_WITHIN = Lexicon({str(i): map(_marked, one.words) for i, one in enumerate(PHRASES.within)})


def within(text: str, step: str) -> frozenset[str]:
    """What the words of a short answer to this question say; none for a longer one."""
    plain = read(text).text
    if not plain or len(plain) > SHORT:
        return frozenset()
    found = {
        (PHRASES.within[int(one.name)], bool(_DENIED.search(plain[: one.start]))) for one in _WITHIN.mentions(plain)
    }
    return frozenset(one.name for one, no in found if step in one.steps and not (no and one.name in WILLING))
