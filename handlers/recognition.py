"""What a message outside a talk wants (意图识别), with the reasons that staff read.

Rules decide where the words are plain. Everywhere else each concept and each pair of characters speaks for or
against every intent with a weight that was learned from labelled messages (``benchmarks/fit_recognition.py``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from content import categories
from content.recognition import ALSO, CONCEPTS, RULES, WEIGHTS, Rule
from handlers import naming, placing, telling, triage, weighing
from handlers.lexicon import Mention
from handlers.placing import NOWHERE
from handlers.plain import fold, read

FOOD_CATEGORY, NO_FOOD_CATEGORY = "online_offline", "other"
"""What a report is filed under when no word says more."""


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
    plain = read(text).text
    facts = weighing.concepts(plain)
    rule = next((rule for rule in RULES if _holds(rule, facts)), None)
    intent = rule.intent if rule else weighing.choose(weighing.shares(WEIGHTS, weighing.features(plain, facts)))
    folded = fold(text)
    places = placing.spans(folded)
    name = naming.merchant(folded, places)
    place = next((span for span in places if not name.start <= span.start < name.end), NOWHERE)
    food = "food" in facts or "goods" not in facts
    urgency = triage.assess(text)
    return Recognition(
        intent=intent,
        also=_also(intent, facts),
        category=_category(intent, plain, food),
        merchant=text[slice(*name)],
        place=text[slice(*place)],
        product=telling.product(text),
        when=telling.when(text),
        food=food,
        urgent=intent == "emergency" or (intent == "report" and urgency.level > 1),
        reasons=(_because(rule, facts),) if rule else _reasons(intent, plain, facts),
    )


def _holds(rule: Rule, facts: Mapping[str, Mention]) -> bool:
    return (
        all(fact in facts for fact in rule.all)
        and (not rule.any or any(fact in facts for fact in rule.any))
        and not any(fact in facts for fact in rule.none)
    )


def _also(intent: str, facts: Mapping[str, Mention]) -> tuple[str, ...]:
    beside = {rule.intent: None for rule in ALSO if intent in rule.beside and _holds(rule, facts)}
    return tuple(other for other in beside if other != intent)


def _category(intent: str, plain: str, food: bool) -> str:
    if intent == "report":
        return (categories.guess(plain) or FOOD_CATEGORY) if food else NO_FOOD_CATEGORY
    if intent in ("complaint", "emergency") and food:
        return categories.guess(plain) or FOOD_CATEGORY
    return ""


def _because(rule: Rule, facts: Mapping[str, Mention]) -> str:
    words = dict.fromkeys(facts[fact].word for fact in (*rule.all, *rule.any) if fact in facts)
    return f"{rule.reason}（提到{'、'.join(f'“{word}”' for word in words)}）"


def _reasons(intent: str, plain: str, facts: Mapping[str, Mention]) -> tuple[str, ...]:
    """The three concepts that spoke loudest for the intent; without any, its most telling fragments."""
    weights = {fact: weighing.weight(f"c:{fact}", intent) for fact in facts}
    loud = sorted((fact for fact in facts if weights[fact] > 0), key=lambda fact: -weights[fact])[:3]
    if loud:
        return tuple(f"{CONCEPTS[fact.split(':')[0]].says}（提到“{facts[fact].word}”）" for fact in loud)
    parts = {part: weighing.weight(part, intent) for part in (plain[i : i + 2] for i in range(len(plain) - 1))}
    telling = [part for part in sorted(parts, key=lambda part: -parts[part])[:3] if parts[part] > 0]
    return (f"措辞像这一类（{'、'.join(f'“{part}”' for part in telling)}）",) if telling else ("没有看出要反映什么",)
