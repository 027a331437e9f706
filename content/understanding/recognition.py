"""What people mean by their words (意图识别): tables that an office may extend, read once.

``normal.toml`` brings spelling to one form, ``words/*.toml`` name what words stand for, ``rules.toml`` says what
follows from them, ``weights.json`` what was learned from examples, ``names.toml`` is about names and places.
"""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.errors import ContentError

INTENTS = ("emergency", "discipline", "complaint", "report", "question", "chatter")
"""What a message may want; between equals the earlier decides, because it loses less for the citizen."""
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Concept:
    """Words that stand for one thing. `says` is how staff read it; a `deniable` one may be denied or supposed."""

    name: str
    says: str
    words: tuple[str, ...]
    deniable: bool = False


@dataclass(frozen=True)
class Rule:
    """Concepts that together stand for an intent, alone or `beside` others: see the head of rules.toml."""

    intent: str
    reason: str
    all: tuple[str, ...]
    any: tuple[str, ...]
    none: tuple[str, ...]
    beside: tuple[str, ...]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _concepts() -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    for path in sorted((_HERE / "words").glob("*.toml")):
        for name, row in _read(path).items():
            if name in found:
                raise ContentError(f"{path.name}：概念“{name}”写了两次。")
            found[name] = Concept(name, row["says"], tuple(row["words"]), row.get("deniable", False))
    return found


def _rules(kind: str) -> tuple[Rule, ...]:
    return tuple(_rule(row) for row in _read(_HERE / "rules.toml")[kind])


def _rule(row: dict[str, Any]) -> Rule:
    lists = (tuple(row.get(name, ())) for name in ("all", "any", "none", "beside"))
    rule = Rule(row["intent"], row["reason"], *lists)
    unknown = {fact.split(":")[0] for fact in (*rule.all, *rule.any, *rule.none)} - set(CONCEPTS)
    unknown |= {rule.intent, *rule.beside} - set(INTENTS)
    if unknown:
        raise ContentError(f"rules.toml：规则“{rule.reason}”里的这些没有定义：{'、'.join(sorted(unknown))}。")
    return rule


def _weights(name: str) -> dict[str, tuple[float, ...]]:
    table = json.loads((_HERE / name).read_text(encoding="utf-8"))
    return {feature: tuple(weights) for feature, weights in table.items()}


def _traditional(rows: list[str]) -> dict[str, str]:
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return {old: new for olds, news in pairs for old, new in zip(olds, news, strict=True)}


CONCEPTS: dict[str, Concept] = _concepts()
RULES: tuple[Rule, ...] = _rules("rule")
ALSO: tuple[Rule, ...] = _rules("also")
PAIRS: dict[str, list[str]] = _read(_HERE / "rules.toml")["pairs"]
WEIGHTS: dict[str, tuple[float, ...]] = _weights("weights.json")
"""Of each feature of a text, how much it speaks for each of INTENTS; "" is what they begin with."""
MERCHANT_WEIGHTS: dict[str, tuple[float, ...]] = _weights("merchant_weights.json")
"""Of each feature of a span, how much it speaks for a merchant's name."""
NAMES: dict[str, list[str]] = _read(_HERE / "names.toml")
_NORMAL = _read(_HERE / "normal.toml")
SIMPLE: dict[str, str] = _traditional(_NORMAL["traditional"])
SLIPS: dict[str, str] = _NORMAL["slips"] | _NORMAL["dialect"]
