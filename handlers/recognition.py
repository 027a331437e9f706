"""What a message outside a talk wants (意图识别), with the reasons that staff read.

Rules decide where the words are plain. Everywhere else each concept and each pair of characters speaks for or
against every intent with a weight that was learned from labelled messages (``benchmarks/fit_recognition.py``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content import categories
from content.recognition import ALSO, CONCEPTS, WEIGHTS
from handlers import naming, placing, telling, triage, weighing
from handlers.lexicon import Lexicon, Mention, longest
from handlers.placing import NOWHERE
from handlers.plain import Plain, fold, read

LONGEST = 2000
"""Characters that are read; no text message is longer."""
NAMED_WITHIN = 300
"""Characters in which a name and a place are looked for: people name them early, and a long text has endless spans."""
FOOD_CATEGORY, NO_FOOD_CATEGORY = "online_offline", "other"
"""What a report is filed under when no word says more."""

LOUDEST = 3
"""How many reasons are told."""
MEANT = {"": "", "denied": "明说没有：", "supposed": "只是假设："}
_MATTER = Lexicon({name: CONCEPTS[name].words for name in ("food", "goods", "nonfood_fault", "blast")})


@dataclass(frozen=True)
class Recognition:
    """What was understood. Names, places, products and times are as written, "" when none is told."""

    intent: str
    also: tuple[str, ...]
    category: str
    merchant: str
    place: str
    product: str
    when: str
    food: bool
    urgent: bool
    reasons: tuple[str, ...]


def recognise(text: str) -> Recognition:
    """Understand a message; pure, and the same for the same text.

    `intent` is one of report, complaint, question, emergency, discipline, chatter; `also` names others that the
    message holds too.
    """
    text = text[:LONGEST]
    plain = read(text)
    facts = weighing.concepts(plain.text)
    intent = weighing.choose(weighing.shares(WEIGHTS, weighing.features(plain.text, facts)), facts)
    folded = fold(text[:NAMED_WITHIN])
    places = placing.spans(folded)
    name = naming.merchant(folded, places)
    place = next((span for span in places if not name.start <= span.start < name.end), NOWHERE)
    edible, other = _matter(plain.text)
    return Recognition(
        intent=intent,
        also=_also(intent, facts),
        category=_category(intent, plain.text, food=edible > 0 and edible >= other),
        merchant=text[slice(*name)],
        place=text[slice(*place)],
        product=telling.product(text),
        when=telling.when(text),
        food=edible >= other,
        urgent=intent == "emergency" or (intent == "report" and triage.assess(text).now),
        reasons=tuple(_reasons(intent, text, plain, facts)) or ("没有看出要反映什么",),
    )


def _also(intent: str, facts: Mapping[str, Mention]) -> tuple[str, ...]:
    beside = {rule.intent: None for rule in ALSO if intent in rule.beside and weighing.holds(rule, facts)}
    return tuple(other for other in beside if other != intent)


def _matter(plain: str) -> tuple[int, int]:
    """How many words speak of food, and how many of other goods and services."""
    names = [mention.name for mention in longest(_MATTER.mentions(plain))]
    return names.count("food"), len(names) - names.count("food")


def _category(intent: str, plain: str, *, food: bool) -> str:
    if intent not in ("report", "complaint", "emergency"):
        return ""
    if food:
        return categories.guess(plain) or FOOD_CATEGORY
    return NO_FOOD_CATEGORY if intent == "report" else ""


def _reasons(intent: str, text: str, plain: Plain, facts: Mapping[str, Mention]) -> Iterator[str]:
    """The rule that held, or the three concepts that spoke loudest, or the most telling fragments; as written."""
    if rule := weighing.ruling(facts):
        words = (_written(text, plain, facts[fact]) for fact in (*rule.all, *rule.any) if fact in facts)
        yield f"{rule.reason}（提到{'、'.join(f'“{word}”' for word in words)}）"
        return
    weights = {fact: weighing.weight(f"c:{fact}", intent) for fact in facts}
    loud = sorted((fact for fact in facts if weights[fact] > 0), key=lambda fact: -weights[fact])[:LOUDEST]
    for fact in loud:
        name, _, meant = fact.partition(":")
        yield f"{MEANT[meant]}{CONCEPTS[name].says}（提到“{_written(text, plain, facts[fact])}”）"
    if not loud:
        yield from _fragments(intent, plain.text)


def _written(text: str, plain: Plain, mention: Mention) -> str:
    return text[plain.places[mention.start] : plain.places[mention.end - 1] + 1]


def _fragments(intent: str, plain: str) -> Iterator[str]:
    weights = {part: weighing.weight(part, intent) for part in (plain[i : i + 2] for i in range(len(plain) - 1))}
    telling = [part for part in sorted(weights, key=lambda part: -weights[part])[:LOUDEST] if weights[part] > 0]
    if telling:
        yield f"措辞像这一类（{'、'.join(f'“{part}”' for part in telling)}）"
