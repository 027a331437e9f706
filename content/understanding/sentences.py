"""Sentences that say a thing in parts: a correction, wanting the other kind, asking after one's own case.

Loaded once from ``sentences.toml``, where what a part is stands explained.
"""

from pathlib import Path
from typing import Annotated, Literal, get_args

from msgspec import Meta, structs

from content import tables
from content.tables import Table, Text, Word, Words

Name = Literal["correction", "mistake", "report", "complaint", "own"]
SLOTS = ("answer", "old", "value")
"""Parts that are no list of words: how an answer is called, what it was, and what it becomes."""
Choice = Annotated[
    tuple[Annotated[str, Meta(pattern=r"\A(\S(.*\S)?)?\Z", description="一个词，或空着的引号")], ...],
    Meta(min_length=1, description="方括号里至少一个词"),
]
Part = Choice | Word | Annotated[int, Meta(ge=0, le=20, description="字数，0 到 20")]


class Sentence(Table, frozen=True):
    """One way to say a thing: its parts in their order, and an example that shows it."""

    name: Name
    example: Text
    parts: Annotated[tuple[Part, ...], Meta(min_length=2, description="至少两个部分")]


class Lists(Table, frozen=True):
    """Lists of words that several sentences share."""

    lead: Words
    wrong: Words


class Answers(Table, frozen=True):
    """How the answers of a talk are called, by their names."""

    category: Words
    merchant: Words
    address: Words
    contact_address: Words
    phone: Words
    name: Words
    demand: Words
    happened: Words
    problem: Words


class Sentences(Table, frozen=True):
    """The whole of sentences.toml."""

    lists: Lists
    answers: Answers
    sentence: tuple[Sentence, ...]

    @property
    def called(self) -> dict[str, str]:
        """Whose name each word of [answers] is."""
        return {word: name for name, words in structs.asdict(self.answers).items() for word in words}

    @property
    def shared(self) -> dict[str, tuple[str, ...]]:
        """The [lists] by their names."""
        return structs.asdict(self.lists)

    def __post_init__(self) -> None:
        tables.check_once("[answers] 里", [word for words in structs.asdict(self.answers).values() for word in words])
        tables.check_all("句子", get_args(Name), {one.name for one in self.sentence})
        for one in self.sentence:
            named = [part for part in one.parts if isinstance(part, str)]
            tables.check_known(f"“{one.example}”的 parts ", named, (*Lists.__struct_fields__, *SLOTS))
            tables.check_once(f"“{one.example}”的 parts 里 ", named)
            if (one.name == "correction") != ("value" in named):
                raise ValueError(f"“{one.example}”的 parts 要有一处 value（只有 correction 有），请改正。")


def load(path: Path) -> Sentences:
    """The sentences; raises ContentError."""
    return tables.load(path, Sentences)


SENTENCES = load(Path(__file__).with_name("sentences.toml"))
