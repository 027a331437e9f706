"""What a message wants done (诉求), as written in a folded text."""

import re
from collections.abc import Iterator
from itertools import islice

from content.understanding.facts import FACTS
from handlers.understanding.addresses import NOWHERE, Span
from handlers.understanding.lexicon import OFTEN, Lexicon, alternatives, first_few, longest, negation

_STOP = "。!?;\n"
_LEAD = re.compile(f"诉求(?:是|为)?[: ]*|{alternatives(FACTS['demand'])}")
_CLAUSE = re.compile(f"[^{_STOP},]+(?:,(?={alternatives(FACTS['goes_on'])})[^{_STOP},]+)*")
_WANTED = re.compile(alternatives(FACTS["wanted"]))
_NOT_OURS = re.compile(
    f"(?:{alternatives(FACTS['denied'])}(?:要求|为了|[要想为图求])*|{alternatives(FACTS['others'])}[^,。!?;\n]{{0,6}})$"
)
_REMEDIES = Lexicon({"remedy": FACTS["remedies"]})
_MONEY = Lexicon({"money": FACTS["money"]})
_UNIT = re.compile("[0-9.]*(?:万?[元块钱倍])*")
BEFORE = 12
"""Characters before a demand that tell whose it is."""


def demand(text: str) -> Span:
    """The writer's first demand for money, else the first of all; `NOWHERE` for none."""
    found = [*_sentences(text), *_remedies(text)]
    money = (span for span in found if _MONEY.mentions(text[slice(*span)]))
    return next(money, found[0] if found else NOWHERE)


def _sentences(text: str) -> Iterator[Span]:
    """Demands with the sentences that they begin."""
    for lead in islice(_LEAD.finditer(text), OFTEN):
        said = _CLAUSE.match(text, lead.end())
        if said and _WANTED.search(said[0]) and _is_ours(text, lead.start()):
            yield Span(said.start() if lead[0].startswith("诉求") else lead.start(), said.end())


def _remedies(text: str) -> Iterator[Span]:
    """Remedies that are named alone."""
    for remedy in longest(first_few(_REMEDIES.mentions(text))):
        if _is_ours(text, remedy.start) and not negation(text, remedy):
            unit = _UNIT.match(text, remedy.end)
            yield Span(remedy.start, unit.end() if unit else remedy.end)


def _is_ours(text: str, start: int) -> bool:
    return not _NOT_OURS.search(text[max(0, start - BEFORE) : start])
