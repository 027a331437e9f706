"""Urgency, with the reasons that staff read (研判)."""

from dataclasses import dataclass

from content.urgency import RULES


@dataclass(frozen=True)
class Urgency:
    """`level` 0 none, 1 soon, 2 danger now."""

    level: int
    reasons: tuple[str, ...]


def assess(text: str) -> Urgency:
    """What the words of a submission say of its urgency, each reason with the word that gave it."""
    hits = [(rule, word) for rule in RULES if (word := next((w for w in rule.words if w in text), None))]
    return Urgency(
        max((rule.level for rule, _ in hits), default=0),
        tuple(f"{rule.reason}（提到“{word}”）" for rule, word in hits),
    )
