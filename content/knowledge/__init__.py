"""What citizens and shop owners ask, and the answers: one TOML file a theme, explained in reporting.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True)
class Entry:
    """One question with its answer; `sure` is false for what must be confirmed before anybody relies on it."""

    code: str
    question: str
    ask: tuple[str, ...]
    answer: str
    basis: str
    checked: date
    sure: bool


def _load() -> dict[str, Entry]:
    themes = sorted(
        (file for file in files(__name__).joinpath("themes").iterdir() if file.name.endswith(".toml")),
        key=lambda f: f.name,
    )
    tables = [table for file in themes for table in tomllib.loads(file.read_text(encoding="utf-8")).items()]
    return {code: Entry(code=code, **{**row, "ask": tuple(row["ask"])}) for code, row in tables}


ENTRIES: dict[str, Entry] = _load()
