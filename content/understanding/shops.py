"""Online shopping platforms, read once from shops.toml."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from content import tables
from content.tables import Table, Word

_Heard = Annotated[str, Meta(pattern=r"\A[^\sA-Z]+\Z", description="不含空格的词，字母小写")]


class _File(Table, frozen=True):
    platforms: dict[Word, Annotated[tuple[_Heard, ...], Meta(min_length=1, description="方括号里至少一个词")]]


def load(path: Path) -> dict[str, tuple[str, ...]]:
    """Platform -> how people call it; raises ContentError."""
    platforms = tables.load(path, _File).platforms
    with tables.checking(path):
        tables.check_once("词语", (word for words in platforms.values() for word in words))
    return platforms


PLATFORMS = load(Path(__file__).with_name("shops.toml"))


def platform(text: str) -> str:
    """The platform a text speaks of, the longest name first heard; '' for a shop in a street."""
    plain = text.lower()
    heard = [(len(word), name) for name, words in PLATFORMS.items() for word in words if word in plain]
    named = [hit for hit in heard if hit[1] != "其他网店"]
    return max(named or heard)[1] if heard else ""
