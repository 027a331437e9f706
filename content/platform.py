"""The platform's error codes, as ``platform.toml`` sorts them; loaded once."""

from pathlib import Path

import msgspec

from content import tables
from content.tables import Table, Word

_Codes = dict[int, Word]


class Verdicts(Table, frozen=True):
    """What may follow from a code, explained at the head of platform.toml; each code with its words for staff."""

    again: _Codes
    refresh: _Codes
    quota: _Codes
    duplicate: _Codes
    gone: _Codes
    window: _Codes
    lost: _Codes
    content: _Codes
    confirm: _Codes
    account: _Codes


def load(path: Path) -> dict[str, dict[int, str]]:
    """The codes of each verdict with their words; raises ContentError."""
    verdicts: dict[str, dict[int, str]] = msgspec.structs.asdict(tables.load(path, Verdicts))
    with tables.checking(path):
        tables.check_once("代码", (str(code) for codes in verdicts.values() for code in codes))
    return verdicts


_TABLE = load(Path(__file__).with_name("platform.toml"))
VERDICTS = {code: verdict for verdict, codes in _TABLE.items() for code in codes}
"""Code -> verdict; a code that is not listed is treated as ``content``: somebody must look."""
TEXTS = {code: text for codes in _TABLE.values() for code, text in codes.items()}
