"""What people mean by their words (意图识别): tables that an office may extend, read once.

``normal.toml`` brings spelling to one form, ``words/*.toml`` name what words stand for, ``rules.toml`` says what
follows from them, ``weights.json`` what was learned from examples, ``names.toml`` is about names and places.
"""

from pathlib import Path
from typing import Annotated, Literal, TypeVar, get_args

import msgspec
from msgspec import Meta, field

from content import tables
from content.tables import Table, Text, Word, Words

Intent = Literal["emergency", "discipline", "complaint", "report", "question", "chatter"]
INTENTS: tuple[Intent, ...] = get_args(Intent)
"""What a message may want; between equals the earlier decides, because it loses less for the citizen."""
_HERE = Path(__file__).parent
Marked = Annotated[
    str, Meta(pattern=r"\A(#|\^?[^…$^#×\s])(.*\S)?\Z", description="一行文字，前后不留空格，不能以 …、$ 或 × 开头")
]
_MEANT = ("", ":denied", ":supposed")


class Concept(Table, frozen=True):
    """Words that stand for one thing. `says` is how staff read it; a `deniable` one may be denied or supposed.

    `hides` names concepts whose words are not read where these stand: no 局长 in 吹牛认识局长. What is not `weighed`
    only rules read; it says nothing of the intent by itself.
    """

    name: str
    says: Text
    words: Annotated[tuple[Marked, ...], Meta(min_length=1, description="方括号里至少一个词")]
    deniable: bool = False
    hides: Words = ()
    weighed: bool = True


class Also(Table, frozen=True):
    """Concepts that add an intent to a message whose own is one of `beside`: see the head of rules.toml."""

    intent: Intent
    reason: Text
    beside: Annotated[tuple[Intent, ...], Meta(min_length=1, description="方括号里至少一个意图")]
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.all and not self.any:
            raise ValueError("all 和 any 至少要写一项，否则每条消息都符合。")


class Pairs(Table, frozen=True):
    """Concepts that say more together: each of `of` with each of `beside`."""

    of: tuple[str, ...]
    beside: tuple[str, ...] = field(name="with")


class Rules(Table, frozen=True):
    """The whole of rules.toml."""

    also: tuple[Also, ...]
    pairs: Pairs


class Names(Table, frozen=True):
    """How the names of businesses and places are told from the words around them: see names.toml."""

    known_places: Words
    street_ends: Words
    town_ends: Words
    village_ends: Words
    spot_ends: Words
    place_edges: Words
    kinds: Words
    dishes: Words
    tails: Words
    chains: Words
    before: Words
    never: Words
    surnames: Words
    generic: Words
    behind: Words
    beside: Words
    not_meant: Words
    accusing: Words


class Normal(Table, frozen=True):
    """How people write, and how it is read: see normal.toml."""

    traditional: tuple[Word, ...]
    slips: Annotated[dict[Word, str], Meta(min_length=1)]
    dialect: dict[Word, str]

    def __post_init__(self) -> None:
        if [len(row) for row in self.traditional[::2]] != [len(row) for row in self.traditional[1::2]]:
            raise ValueError("traditional 要两行一对，字数相同。")
        tables.check_once("写法", [*self.slips, *self.dialect])


def load_concepts(folder: Path) -> dict[str, Concept]:
    """What words stand for, of all files of a folder; raises ContentError."""
    concepts = tables.load_folder(folder, Concept, "name")
    with tables.checking(folder):
        for name, one in concepts.items():
            tables.check_known(name, one.hides, concepts)
    return concepts


def load_rules(path: Path, concepts: dict[str, Concept]) -> Rules:
    """The rules over these concepts; raises ContentError, also for one that names another."""
    found = tables.load(path, Rules)
    known = {name + meant for name, one in concepts.items() for meant in (_MEANT if one.deniable else _MEANT[:1])}
    with tables.checking(path):
        for rule in found.also:
            tables.check_known(f"规则“{rule.reason}”", (*rule.all, *rule.any, *rule.none), known)
        tables.check_known("pairs", (*found.pairs.of, *found.pairs.beside), known)
    return found


def load_names(path: Path) -> dict[str, tuple[str, ...]]:
    """The lists of words by their names; raises ContentError."""
    names: dict[str, tuple[str, ...]] = msgspec.structs.asdict(tables.load(path, Names))
    with tables.checking(path):
        for name, words in names.items():
            tables.check_once(f"{name} 里", words)
    return names


def load_normal(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """(traditional character -> simplified, slip or dialect -> standard); raises ContentError."""
    normal = tables.load(path, Normal)
    old, new = ("".join(normal.traditional[first::2]) for first in (0, 1))
    return dict(zip(old, new, strict=True)), normal.slips | normal.dialect


W = TypeVar("W", bound=tuple[float, ...])


def load_weights(path: Path, row: type[W]) -> dict[str, W]:
    """What was learned, a `row` for each feature, "" what they begin with; raises ContentError."""
    weights = tables.load(path, dict[str, row])  # type: ignore[valid-type]
    with tables.checking(path):
        tables.check_all("起始值", ("",), weights)
    return weights


CONCEPTS = load_concepts(_HERE / "words")
_RULES = load_rules(_HERE / "rules.toml", CONCEPTS)
ALSO, PAIRS = _RULES.also, _RULES.pairs
WEIGHTS: dict[str, tuple[float, ...]] = load_weights(
    _HERE / "weights.json", tuple[float, float, float, float, float, float, float]
)
"""Of each feature of a text, its rarity, then how much it speaks for each of INTENTS; "" is what they begin with."""
MERCHANT_WEIGHTS: dict[str, tuple[float, ...]] = load_weights(_HERE / "merchant_weights.json", tuple[float])
"""Of each feature of a span, how much it speaks for a merchant's name."""
CATEGORY_WEIGHTS: dict[str, tuple[float, ...]] = load_weights(
    _HERE / "category_weights.json", tuple[float, float, float, float, float, float, float, float]
)
"""Of each feature of a report, its rarity, then how much it speaks for each of categories.CODES."""
EDGE_WEIGHTS: dict[str, tuple[float, ...]] = load_weights(_HERE / "edge_weights.json", tuple[float, float, float])
"""Of each feature of a place, how much it speaks for a merchant's name that begins, ends and goes on there."""
NAMES = load_names(_HERE / "names.toml")
SIMPLE, SLIPS = load_normal(_HERE / "normal.toml")
