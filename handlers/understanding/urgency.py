"""Urgency, with the reasons that staff read (研判)."""

from dataclasses import dataclass

from content.understanding.urgency import RULES
from handlers.understanding import lexicon
from handlers.understanding.lexicon import Lexicon, Mention, longest
from handlers.understanding.normal import read

_LEXICON = Lexicon({str(i): rule.words for i, rule in enumerate(RULES)})


@dataclass(frozen=True)
class Urgency:
    """`level` 0 none, 1 soon, 2 danger now. `now`: what is told goes on at this moment."""

    level: int
    reasons: tuple[str, ...]
    now: bool = False


def assess(text: str) -> Urgency:
    """What the words of a submission say of its urgency, each reason with the word that gave it.

    What is denied (没有中毒) or only supposed (如果中毒) gives none.
    """
    plain = read(text).text
    hits: dict[int, Mention] = {}
    for mention in longest(_LEXICON.mentions(plain)):
        if not lexicon.negation(plain, mention):
            hits.setdefault(int(mention.name), mention)
    return Urgency(
        max((RULES[i].level for i in hits), default=0),
        tuple(f"{RULES[i].reason}（提到“{hits[i].word}”）" for i in sorted(hits)),
        any(RULES[i].now for i in hits),
    )
