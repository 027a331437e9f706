"""What people mean by their words (意图识别): tables that an office may extend, read once.

``normal.toml`` brings spelling to one form, ``words/*.toml`` name what words stand for, ``rules.toml`` says what
follows from them, ``names.toml`` is about names and places.
"""

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
    """Concepts that together speak for an intent, and how much: see the head of rules.toml."""

    intent: str
    weight: float
    reason: str
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


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


def _rules() -> tuple[Rule, ...]:
    rules = tuple(
        Rule(
            row["intent"],
            row["weight"],
            row["reason"],
            tuple(row.get("all", ())),
            tuple(row.get("any", ())),
            tuple(row.get("none", ())),
        )
        for row in _read(_HERE / "rules.toml")["rule"]
    )
    for rule in rules:
        unknown = {fact.split(":")[0] for fact in (*rule.all, *rule.any, *rule.none)} - set(CONCEPTS)
        if rule.intent not in INTENTS or unknown:
            raise ContentError(
                f"rules.toml：规则“{rule.reason}”里没有这些：{rule.intent}、{'、'.join(sorted(unknown))}。"
            )
    return rules


def _traditional(rows: list[str]) -> dict[str, str]:
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return {old: new for olds, news in pairs for old, new in zip(olds, news, strict=True)}


CONCEPTS: dict[str, Concept] = _concepts()
RULES: tuple[Rule, ...] = _rules()
NAMES: dict[str, list[str]] = _read(_HERE / "names.toml")
SLIPS: dict[str, str] = _read(_HERE / "normal.toml")["slips"]
SIMPLE: dict[str, str] = _traditional(_read(_HERE / "normal.toml")["traditional"])
