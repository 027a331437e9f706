"""What short messages say that are no answer of their own: the phrases of ``phrases.toml``, loaded once."""

from pathlib import Path
from typing import Annotated, Literal, get_args

from msgspec import Meta

from content import tables
from content.tables import Table, Text, Words
from content.understanding.recognition import Marked

Name = Literal[
    "refuse", "unknown", "done", "stop", "back", "restart", "resume", "submit", "agree", "yes", "no", "thanks", "ack",
    "greeting", "human", "why", "withdraw", "mistaken", "report", "complaint", "wait", "danger",
    "ask", "anonymous",
]  # fmt: skip


class Phrase(Table, frozen=True):
    """A thing that people say in many ways. `says` is how staff would put it; one `alone` bears no fillers."""

    name: Name
    says: Text
    words: Words
    alone: bool = False


class Within(Table, frozen=True):
    """Words that say a thing within a short answer to one of these questions; '' is when nothing was asked."""

    name: Name
    steps: tuple[str, ...]
    words: Annotated[tuple[Marked, ...], Meta(min_length=1, description="方括号里至少一个词")]


class Phrases(Table, frozen=True):
    """The whole of phrases.toml."""

    fillers: Words
    surnames: Words
    double_surnames: Words
    asking: Words
    settled: Words
    rhetorical: Words
    phrase: tuple[Phrase, ...]
    within: tuple[Within, ...]

    def __post_init__(self) -> None:
        for one in self.phrase:
            tables.check_once(f"{one.name} 里", one.words)
        tables.check_all("说法", get_args(Name), {one.name for one in self.phrase} | {one.name for one in self.within})


def load(path: Path) -> Phrases:
    """The phrases; raises ContentError."""
    return tables.load(path, Phrases)


PHRASES = load(Path(__file__).with_name("phrases.toml"))
