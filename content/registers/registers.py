"""What the registers need to know in words (registers.toml): how names are told apart, which columns files have."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Column:
    """A column of an import: `names` it may bear, what it holds, and whether column and value must be there."""

    names: tuple[str, ...]
    holds: str
    column: bool
    value: bool


_TABLES = tomllib.loads(files("content").joinpath("registers/registers.toml").read_text(encoding="utf-8"))

PLACES: tuple[str, ...] = tuple(_TABLES["names"]["places"])
FORMS: tuple[str, ...] = tuple(sorted(_TABLES["names"]["forms"], key=len, reverse=True))
TRADES: tuple[str, ...] = tuple(_TABLES["names"]["trades"])
KINDS: Mapping[str, str] = _TABLES["kinds"]
LISTING_YEARS: int = _TABLES["listing"]["years"]
COLUMNS: Mapping[str, Mapping[str, Column]] = {
    register: {
        field: Column(
            names=tuple(row["names"]),
            holds=row.get("is", "text"),
            column=row.get("column", False),
            value=row.get("value", False),
        )
        for field, row in columns.items()
    }
    for register, columns in _TABLES["columns"].items()
}
