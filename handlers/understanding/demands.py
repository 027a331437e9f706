"""What a message wants done (诉求), as written in a folded text."""

import re

from content.understanding.facts import FACTS
from handlers.understanding.addresses import NOWHERE, Span
from handlers.understanding.lexicon import Lexicon, alternatives, longest, negation

_STOP = "。!?;\n"
_LEAD = re.compile(f"诉求(?:是|为)?[: ]*|{alternatives(FACTS['demand'])}")
_CLAUSE = re.compile(f"[^{_STOP},]+(?:,(?={alternatives(FACTS['goes_on'])})[^{_STOP},]+)*")
_WANTED = re.compile(alternatives(FACTS["wanted"]))
_NOT_OURS = re.compile(
    f"(?:{alternatives(FACTS['denied'])}(?:要求|为了|[要想为图求])*|{alternatives(FACTS['others'])}[^,。!?;\n]{{0,6}})$"
)
_REMEDIES = Lexicon({"remedy": FACTS["remedies"]})
_UNIT = re.compile("[0-9.]*(?:万?[元块钱倍])*")
BEFORE = 12
"""Characters before a demand that tell whose it is."""


def demand(text: str) -> Span:
    """The first demand of the writer's, with the sentence it begins; else a remedy that is named alone."""
    for lead in _LEAD.finditer(text):
        said = _CLAUSE.match(text, lead.end())
        if said and _WANTED.search(said[0]) and _is_ours(text, lead.start()):
            return Span(said.start() if lead[0].startswith("诉求") else lead.start(), said.end())
    for remedy in longest(_REMEDIES.mentions(text)):
        if _is_ours(text, remedy.start) and not negation(text, remedy):
            unit = _UNIT.match(text, remedy.end)
            return Span(remedy.start, unit.end() if unit else remedy.end)
    return NOWHERE


def _is_ours(text: str, start: int) -> bool:
    return not _NOT_OURS.search(text[max(0, start - BEFORE) : start])
