"""Invented words of a county, for the demo and for benchmarks: shops, streets, people and what goes wrong with food.

None is meant for a real one.
"""

import random
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from content.understanding.townships import TOWNSHIPS
from handlers.registers import credit_codes

DISTRICT = "419999"
"""No district has this number."""
WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
CATEGORIES: dict[str, int] = WORDS["categories"]
"""Code -> how often it comes up."""
SURNAMES: str = WORDS["surnames"]


@dataclass(frozen=True)
class Shop:
    """A business: `id` and `code` are '' for a stall that no register has."""

    name: str
    address: str
    township: str
    id: str = ""
    code: str = ""


def shop(chance: random.Random, region: str) -> Shop:
    township = chance.choice(TOWNSHIPS).name
    name = f"{chance.choice(WORDS['signs'])}{chance.choice(('', '', '家', '记', '村'))}{chance.choice(WORDS['trades'])}"
    branch = f"（{chance.choice(WORDS['roads'])}店）" if chance.random() < 0.3 else ""
    return Shop(name + branch, f"{region}{township}{chance.choice(WORDS['roads'])}{chance.randint(1, 400)}号", township)


def licensed(shop: Shop, number: int) -> Shop:
    """With a code that is right, and nobody's."""
    first = f"92{DISTRICT}MA{number:07d}"
    return replace(shop, code=first + credit_codes.check_letter(first + "0"))


def description(chance: random.Random, shop: Shop) -> str:
    """One to five sentences; one in fifty goes on for long."""
    sentences = [f"在{shop.name}买的{chance.choice(WORDS['foods'])}，{_filled(chance, WORDS['faults'])}。"]
    more = chance.choice((0, 1, 1, 2, 2, 3, 4)) + (12 if chance.random() < 0.02 else 0)
    sentences += [_filled(chance, WORDS["effects"]) for _ in range(more)]
    return "".join(sentences)


def category(chance: random.Random) -> str:
    return chance.choices(tuple(CATEGORIES), tuple(CATEGORIES.values()))[0]


def demand(chance: random.Random) -> str:
    return _filled(chance, WORDS["demands"])


def _filled(chance: random.Random, patterns: tuple[str, ...]) -> str:
    return chance.choice(patterns).format(n=chance.randint(2, 9))


def person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(WORDS["given"], k=chance.choice((1, 2))))


def phone(number: int) -> str:
    """Nobody's: no number of a mobile telephone begins with 100."""
    return f"100{number:08d}"


def article(chance: random.Random, shop: Shop) -> dict[str, str]:
    """What an editor would write of a case."""
    party = f"某{shop.name[-3:]}"
    body = f"## 基本案情\n\n{description(chance, shop)}\n\n## 处理结果\n\n没收并罚款。\n"
    texts = {"title": f"{party}违法经营食品案", "summary": "根据群众举报查实，依法处罚。", "body": body}
    return texts | {"category": category(chance), "party": party}
