"""The timeline of a submission as a conversation: the citizen, the office, its notes, and what the system recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from storage.timeline import Entry

CITIZEN, OFFICE, NOTE, SYSTEM = "citizen", "office", "note", "system"


@dataclass(frozen=True)
class Turn:
    """Lines that follow one another on one `side`: each is a bubble, those of the system are folded together."""

    side: str
    entries: list[Entry]


def turns(entries: Iterable[Entry]) -> list[Turn]:
    """Oldest first, as they stand in the timeline."""
    return [Turn(side, list(group)) for side, group in groupby(entries, _side)]


def _side(entry: Entry) -> str:
    if entry.actor == "citizen":
        return CITIZEN
    if entry.kind == "answer" or (entry.public and entry.actor != "system"):
        return OFFICE
    return NOTE if entry.kind == "note" and entry.actor != "system" else SYSTEM
