"""Which registered business does somebody mean? What people type, matched against the register."""

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from handlers.registers import credit_codes, names
from handlers.registers.names import Name
from storage.engine.database import Tx
from storage.registers import business
from storage.registers.business import Business
from storage.registers.imports import Values

CANDIDATES = 60
"""How many businesses that share a key are looked at closely."""
EXACT, SOUND, BARE_SIGN, PART, WHOLE_WITHIN, OTHER_TRADE, SLIP, NEAR = 97, 93, 88, 82, 80, 74, 72, 64
SPREAD = 15
"""What is so much worse than the best is not what was meant."""


def matches(tx: Tx, typed: str, region: str, limit: int = 5) -> list[Business]:
    """Registered businesses near what was typed (a name or a code), best first; [] when nothing is near."""
    if credit_codes.looks_like_code(typed):
        return business.by_code(tx, credit_codes.plain(typed))[:limit]
    sought = names.take_apart(typed, region)
    candidates = business.sharing(tx, names.keys(sought), CANDIDATES)
    scored = [(_score(sought, names.take_apart(candidate.name, region)), candidate) for candidate in candidates]
    best = max((score for score, _ in scored), default=0.0)
    near = [pair for pair in scored if pair[0] >= max(NEAR, best - SPREAD)]
    near.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].id))
    return [candidate for _, candidate in near[:limit]]


def certain(found: Sequence[Business], typed: str, region: str) -> Business | None:
    """The one among `matches` that was named exactly, place and legal form aside; None when in doubt."""
    if credit_codes.looks_like_code(typed):
        return found[0] if len(found) == 1 else None
    sought = names.take_apart(typed, region)
    apart = [(candidate, names.take_apart(candidate.name, region)) for candidate in found]
    for part in ("whole", "core"):
        exact = [candidate for candidate, name in apart if getattr(name, part) == getattr(sought, part)]
        if exact:
            return exact[0] if len(exact) == 1 else None
    return None


def _score(sought: Name, name: Name) -> float:
    """How near two names are, 0 to 100."""
    if sought.whole == name.whole:
        return 100
    if sought.core == name.core:
        return EXACT
    likeness = Levenshtein.normalized_similarity(sought.core, name.core)
    if sought.sounds == name.sounds:
        return SOUND + likeness
    if not sought.signs:
        return 0
    return max(_by_parts(sought, name), _by_slips(sought, name)) + 3 * likeness


def _by_parts(sought: Name, name: Name) -> float:
    if sought.signs >= 2 and sought.sign == name.sign:
        both_say_more = len(sought.sounds) > sought.signs and len(name.sounds) > name.signs
        return OTHER_TRADE if both_say_more else BARE_SIGN
    if len(sought.sounds) >= 2 and _within(sought.sounds, name.sounds):
        return PART
    if name.signs >= 2 and _within(name.sounds, sought.sounds):
        return WHOLE_WITHIN
    if (sought.signs >= 2 and _within(sought.sign, name.sounds)) or (
        name.signs >= 2 and _within(name.sign, sought.sounds)
    ):
        return NEAR
    return 0


def _by_slips(sought: Name, name: Name) -> float:
    """One wrong, missing or extra character; two in a long name."""
    length = min(len(sought.sounds), len(name.sounds))
    slips = Levenshtein.distance(sought.sounds, name.sounds, score_cutoff=2)
    if length >= 3 and slips <= (2 if length >= 8 else 1):
        return SLIP
    if sought.signs >= 3 and name.signs >= 3 and Levenshtein.distance(sought.sign, name.sign, score_cutoff=1) <= 1:
        return NEAR
    beginning = name.sounds[: len(sought.sounds)]
    return NEAR if length >= 4 and Levenshtein.distance(sought.sounds, beginning, score_cutoff=1) <= 1 else 0


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def put(tx: Tx, values: Values, region: str) -> bool:
    """Store a business under the keys of its name; whether anything changed."""
    name = names.take_apart(str(values["name"]), region)
    return business.put(tx, values, name.spelling, names.keys(name))
