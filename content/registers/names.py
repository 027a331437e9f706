"""How names of businesses are told apart (``names.toml``), loaded once."""

from pathlib import Path

from content import tables
from content.tables import Table, Words


class Names(Table, frozen=True):
    """What a name may begin with (`places`) and end with: its legal `forms`, its `trades`."""

    places: Words
    forms: Words
    trades: Words

    def __post_init__(self) -> None:
        for words in (self.places, self.forms, self.trades):
            tables.check_once("词语", words)


def load(path: Path) -> Names:
    """The words; raises ContentError."""
    return tables.load(path, Names)


_NAMES = load(Path(__file__).with_name("names.toml"))
PLACES = _NAMES.places
FORMS = tuple(sorted(_NAMES.forms, key=len, reverse=True))
TRADES = _NAMES.trades
