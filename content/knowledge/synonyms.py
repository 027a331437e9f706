"""How people say what the entries say (``synonyms.toml``)."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from content import tables
from content.tables import Table, Word, Words


class _Idle(Table, frozen=True):
    words: Words


class Synonyms(Table, frozen=True):
    """The words of the entries, each with others for the `same`; `idle` ones say nothing."""

    same: Annotated[dict[Word, Words], Meta(min_length=1, description="至少一行")]
    idle: _Idle

    def __post_init__(self) -> None:
        tables.check_once("说法", [*(word for others in self.same.values() for word in others), *self.idle.words])


def load(path: Path) -> dict[str, str]:
    """What is said -> the word of the entries that is meant, a gap for an idle one; raises ContentError.

    A word of the entries means itself: in 怎么 no 么 is looked for.
    """
    table = tables.load(path, Synonyms)
    meant = {said: word for word, others in table.same.items() for said in (word, *others)}
    return meant | dict.fromkeys(table.idle.words, " ")
