"""What citizens and shop owners ask, and the answers: one TOML file a theme, explained in reporting.toml."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from content import tables
from content.tables import Sourced, Text

_Question = Annotated[str, Meta(pattern=r"\A\S*\w.*\Z", description="一行问话")]


class Entry(Sourced, frozen=True):
    """One question with its answer and other ways to `ask` it."""

    code: str
    question: _Question
    ask: Annotated[tuple[_Question, ...], Meta(min_length=1, description="方括号里至少一种问法")]
    answer: Text

    def __post_init__(self) -> None:
        tables.check_once("问法", self.ask)


def load(folder: Path) -> dict[str, Entry]:
    """The entries of all themes of a folder by their codes; raises ContentError."""
    return tables.load_folder(folder, Entry, "code")


ENTRIES = load(Path(__file__).with_name("themes"))
