"""What a message outside a talk wants (意图识别), with the reasons that staff read.

Danger comes first. Of all else each concept and each pair of characters speaks for or against every intent with a
weight that was learned from labelled messages (``benchmarks/fit_recognition.py``).
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from content.understanding.recognition import ALSO, CONCEPTS, INTENTS, WEIGHTS
from handlers.understanding import addresses, category, classifier, danger, demands, merchants, times, urgency
from handlers.understanding.addresses import NOWHERE, Span
from handlers.understanding.danger import Danger, Level
from handlers.understanding.lexicon import Lexicon, Mention, longest
from handlers.understanding.normal import Normal, fold, gist, read
from handlers.understanding.writer import name, writer

LONGEST = 2000
"""Characters that are read; no text message is longer."""
NAMED_WITHIN = 200
"""Characters in which a name and a place are looked for: people name them early, and a long text has endless spans."""
LIKELY = 0.4
"""From which probability on a message of doubtful danger is filed as an emergency, by cross-validation."""
OFFICIAL, NO_OFFICIAL = "authority", frozenset(("pretence", "staff"))
"""The concepts of those who hold an office, and of those who do not: what speaks of these alone is no letter."""
REMEMBERED = 64
"""Messages: each is read ahead of its transaction, and asked for in it a moment later."""
LOUDEST = 3
"""How many reasons are told."""
MEANT = {"": "", "denied": "明说没有：", "supposed": "只是假设："}
_MATTER = Lexicon({name: CONCEPTS[name].words for name in ("food", "goods", "nonfood_fault", "blast")})
_PRODUCT = re.compile(
    r"(?:买了|买的|买到|卖的|吃了|吃的|喝了|喝的|点了|点的|订的|订了|购买|购得|吃|喝)"
    r"(?:[一二两三四五六七八九十几半0-9]+[碗份盒袋瓶斤箱个只条块串盘包桶罐杯件])?([\u4e00-\u9fff]{2,8}?)"
    r"(?=[,。!?;、，！？；\s]|里|是|有|都|过期|发霉|坏|馊|臭|不|没|打开|已经|上|拉|吐|后|之后|以后|$)"
)


@dataclass(frozen=True)
class Recognition:
    """What was understood. Names, places, products and times are as written, "" when none is told.

    `official` tells whether somebody is named who holds an office, or what nobody else does (执法, 立案).
    `name`, `phone` and `home` are the writer's own; `others` are shops named beside the one meant.
    """

    intent: str
    also: tuple[str, ...]
    category: str
    merchant: str
    place: str
    product: str
    when: str
    food: bool
    urgent: bool
    official: bool
    danger: Danger
    reasons: tuple[str, ...]
    name: str
    phone: str
    home: str
    demand: str
    others: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def recognise(text: str, asked: str = "", known: Set[str] = frozenset()) -> Recognition:
    """Understand a message; pure, and the same for the same text.

    `known` are names of a register, which are found wherever they stand.

    `asked` is what was just asked: the name of a step of a talk, ``after`` or ``emergency_after`` when something was
    just handed in, "" outside a talk.

    `intent` is one of report, complaint, question, emergency, discipline, chatter; `also` names others that the
    message holds too.
    """
    text = text[:LONGEST]
    plain = read(text)
    peril = danger.assess(plain.text, asked)
    said = gist(plain)
    facts = classifier.concepts(said.text)
    intent = _intent(said.text, facts, peril.level)
    folded = fold(text)
    near = folded[:NAMED_WITHIN]
    places = addresses.spans(near)
    shop, *others = _without(name(folded), merchants.merchants(near, places, known)) or [NOWHERE]
    own = writer(folded, shop)
    place = next(
        (one for one in places if not any(taken.start <= one.start < taken.end for taken in (shop, own.home))), NOWHERE
    )
    edible, other = matter(said.text)
    return Recognition(
        intent=intent,
        also=_also(intent, facts),
        category=_category(intent, said.text, facts, edible=edible, other=other),
        merchant=text[slice(*shop)],
        place=text[slice(*place)],
        product=product_told(text),
        when=times.when_told(text),
        food=edible >= other,
        urgent=intent == "emergency" or (intent == "report" and urgency.assess(text).now),
        official=OFFICIAL in facts,
        danger=peril,
        reasons=(*peril.reasons, *_reasons(intent, text, said, facts))[:LOUDEST] or ("没有看出要反映什么",),
        name=text[slice(*own.name)],
        phone=text[slice(*own.phone)],
        home=text[slice(*own.home)],
        demand=text[slice(*demands.demand(folded))],
        others=_names(text, shop, others),
    )


def _without(person: Span, shops: Sequence[Span]) -> list[Span]:
    """The shops without whoever writes: an informant's name in their place would be read by everybody."""
    return [shop for shop in shops if shop.end <= person.start or person.end <= shop.start]


def _names(text: str, shop: Span, others: Sequence[Span]) -> tuple[str, ...]:
    """Each name once, without the shop's own."""
    names = dict.fromkeys(text[slice(*span)] for span in others)
    return tuple(name for name in names if name != text[slice(*shop)])


def _intent(plain: str, facts: Mapping[str, Mention], level: Level) -> str:
    """An emergency where danger is certain or likely; else the most probable intent that the words allow."""
    probable = dict(zip(INTENTS, classifier.shares(WEIGHTS, classifier.features(plain, facts)), strict=True))
    if level is Level.CERTAIN or (level is Level.DOUBTFUL and probable["emergency"] >= LIKELY):
        return "emergency"
    if level is Level.NONE:
        del probable["emergency"]
    if OFFICIAL not in facts and not NO_OFFICIAL.isdisjoint(facts):
        del probable["discipline"]
    return max(probable, key=lambda intent: probable[intent])


def _also(intent: str, facts: Mapping[str, Mention]) -> tuple[str, ...]:
    beside = {rule.intent: None for rule in ALSO if intent in rule.beside and classifier.holds(rule, facts)}
    return tuple(other for other in beside if other != intent)


def matter(plain: str) -> tuple[int, int]:
    """How many words speak of food, and how many of other goods and services."""
    names = [mention.name for mention in longest(_MATTER.mentions(plain))]
    return names.count("food"), len(names) - names.count("food")


def _category(intent: str, plain: str, facts: Mapping[str, Mention], *, edible: int, other: int) -> str:
    """A report's; whoever wants money or help is asked about food alone."""
    if intent == "report":
        return category.category(plain, facts, edible=edible, other=other)
    if intent in ("complaint", "emergency") and edible and edible >= other:
        return category.category(plain, facts, edible=edible, other=other)
    return ""


def _reasons(intent: str, text: str, plain: Normal, facts: Mapping[str, Mention]) -> Iterator[str]:
    """The three concepts that spoke loudest, or the most telling fragments; as written."""
    weights = {fact: classifier.weight(f"c:{fact}", intent) for fact in facts}
    loud = sorted((fact for fact in facts if weights[fact] > 0), key=lambda fact: -weights[fact])[:LOUDEST]
    for fact in loud:
        name, _, meant = fact.partition(":")
        yield f"{MEANT[meant]}{CONCEPTS[name].says}（提到“{_written(text, plain, facts[fact])}”）"
    if not loud:
        yield from _fragments(intent, plain.text)


def _written(text: str, plain: Normal, mention: Mention) -> str:
    return text[plain.places[mention.start] : plain.places[mention.end - 1] + 1]


def _fragments(intent: str, plain: str) -> Iterator[str]:
    weights = {part: classifier.weight(part, intent) for part in (plain[i : i + 2] for i in range(len(plain) - 1))}
    loudest = [part for part in sorted(weights, key=lambda part: -weights[part])[:LOUDEST] if weights[part] > 0]
    if loudest:
        yield f"措辞像这一类（{'、'.join(f'“{part}”' for part in loudest)}）"


def product_told(text: str) -> str:
    """What follows a word for buying or eating."""
    found = _PRODUCT.search(text)
    return found[1] if found else ""
