"""What short messages say that are no answer of their own: the phrases of ``phrases.toml``, loaded once."""

from pathlib import Path
from typing import Literal, get_args

from content import tables
from content.tables import Table, Text, Words

Name = Literal[
    "refuse", "unknown", "done", "stop", "back", "restart", "resume", "submit", "agree", "yes", "no", "thanks", "ack",
    "greeting", "human", "why", "withdraw", "mistaken", "report", "complaint", "wait", "danger",
]  # fmt: skip


class Phrase(Table, frozen=True):
    """A thing that people say in many ways. `says` is how staff would put it."""

    name: Name
    says: Text
    words: Words


class Phrases(Table, frozen=True):
    """The whole of phrases.toml."""

    fillers: Words
    phrase: tuple[Phrase, ...]

    def __post_init__(self) -> None:
        for one in self.phrase:
            tables.check_once(f"{one.name} 里", one.words)
        tables.check_all("说法", get_args(Name), {one.name for one in self.phrase})


def load(path: Path) -> Phrases:
    """The phrases; raises ContentError."""
    return tables.load(path, Phrases)


PHRASES = load(Path(__file__).with_name("phrases.toml"))
