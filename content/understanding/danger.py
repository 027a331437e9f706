"""What tells of danger to a person, whom to call for it and what to do meanwhile: ``danger.toml``, loaded once."""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from content import tables
from content.tables import Sourced, Table, Text, Words
from content.understanding.recognition import Marked, load_weights

_HERE = Path(__file__).parent


class Sign(Table, frozen=True):
    """Words that tell of a danger for which `number` is called. `first_aid` names the line that helps, "" none."""

    number: Literal["110", "119", "120"]
    reason: Text
    words: Annotated[tuple[Marked, ...], Meta(min_length=1, description="方括号里至少一个词")]
    certain: bool = False
    first_aid: str = ""


class FirstAid(Sourced, frozen=True):
    """What to do until help comes: one `line`, whom to call first."""

    line: Text


class _File(Table, frozen=True):
    idioms: Words
    hearsay: Words
    sign: tuple[Sign, ...]
    first_aid: dict[str, FirstAid]

    def __post_init__(self) -> None:
        tables.check_once("词语", (word for sign in self.sign for word in sign.words))
        tables.check_once("口头话", self.idioms)
        tables.check_once("听来的话", self.hearsay)
        named = (sign.first_aid for sign in self.sign if sign.first_aid)
        tables.check_known("first_aid ", named, self.first_aid)


def load(path: Path) -> _File:
    """The signs, what only sounds like one, and the first aid; raises ContentError."""
    return tables.load(path, _File)


_DANGER = load(_HERE / "danger.toml")
SIGNS, FIRST_AID = _DANGER.sign, _DANGER.first_aid
IDIOMS, HEARSAY = _DANGER.idioms, _DANGER.hearsay
DANGER_WEIGHTS: dict[str, tuple[float, ...]] = load_weights(_HERE / "danger_weights.json", tuple[float, float])
"""Of each feature of a text, its rarity, then how much it speaks for danger; "" is what they begin with."""
