"""The words before what writers tell of themselves and want, read once from facts.toml."""

from pathlib import Path

import msgspec

from content import tables
from content.tables import Table, Words


class _Facts(Table, frozen=True):
    """Lists of words: see facts.toml."""

    called: Words
    name: Words
    perhaps: Words
    of_a_person: Words
    after_name: Words
    titles: Words
    surnames: Words
    phone: Words
    others: Words
    lives: Words
    dwells: Words
    demand: Words
    goes_on: Words
    wanted: Words
    money: Words
    denied: Words
    remedies: Words


def load(path: Path) -> dict[str, tuple[str, ...]]:
    """The lists of words by their names; raises ContentError."""
    facts: dict[str, tuple[str, ...]] = msgspec.structs.asdict(tables.load(path, _Facts))
    with tables.checking(path):
        for name, words in facts.items():
            tables.check_once(f"{name} 里", words)
    return facts


FACTS = load(Path(__file__).with_name("facts.toml"))
