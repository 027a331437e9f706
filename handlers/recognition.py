"""What a message outside a talk wants (意图识别): decided by words an office may extend, with the reasons."""

from dataclasses import dataclass

from content import categories
from content.recognition import CONCEPTS, INTENTS, RULES, Rule
from handlers import naming, stance, triage
from handlers.lexicon import Lexicon, Mention
from handlers.plain import read

_LEXICON = Lexicon({name: concept.words for name, concept in CONCEPTS.items()})


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
    plain = read(text)
    facts = _facts(plain.text)
    held = [rule for rule in RULES if _holds(rule, facts)]
    scores = {intent: sum(rule.weight for rule in held if rule.intent == intent) for intent in INTENTS}
    intent = max(INTENTS, key=scores.__getitem__)
    names = naming.find(text)
    food = "food" in facts or "goods" not in facts
    return Recognition(
        intent=intent,
        also=(),
        category=(categories.guess(plain.text) or ("online_offline" if food else "other"))
        if intent in ("report", "complaint", "emergency")
        else "",
        merchant=names.merchant,
        place=names.place,
        product=names.product,
        when=names.when,
        food=food,
        urgent=intent == "emergency" or triage.assess(text).level > 1,
        reasons=tuple(f"{rule.reason}（提到{_quoted(rule, facts)}）" for rule in held if rule.intent == intent),
    )


def _facts(text: str) -> dict[str, Mention]:
    """The concepts of a text, each with the mention that showed it first."""
    facts: dict[str, Mention] = {}
    for mention in _LEXICON.mentions(text):
        meant = stance.of(text, mention) if CONCEPTS[mention.name].deniable else ""
        facts.setdefault(mention.name + meant, mention)
    return facts


def _holds(rule: Rule, facts: dict[str, Mention]) -> bool:
    return (
        all(fact in facts for fact in rule.all)
        and (not rule.any or any(fact in facts for fact in rule.any))
        and not any(fact in facts for fact in rule.none)
    )


def _quoted(rule: Rule, facts: dict[str, Mention]) -> str:
    return "、".join(f"“{facts[fact].word}”" for fact in (*rule.all, *rule.any) if fact in facts)
